using Gyrus.Cli.Terminal;
using Gyrus.Dicom.Display;
using Gyrus.DicomWeb;
using Gyrus.Inference.HeatMaps;
using Gyrus.Inference.Studies;

namespace Gyrus.Cli.Commands.Classify;

/// <summary>What <c>gyrus classify</c> was asked.</summary>
/// <param name="Arguments">Files, folders and patterns.</param>
/// <param name="Model">The model package; null for the default.</param>
/// <param name="Threshold">Of slices; null for the model's own.</param>
/// <param name="Views">Mirror images that are looked at.</param>
/// <param name="Format">How answers are written.</param>
/// <param name="File">A file for them; null for standard output.</param>
/// <param name="Resume">Whether to go on with it.</param>
/// <param name="HeatMaps">The heat maps; none where null.</param>
/// <param name="Level">What a row is of; null for what the arguments are.</param>
/// <param name="Window">Through which greys of DICOM and NIfTI are seen; null for the usual one.</param>
/// <param name="Report">Where answers go as DICOM objects; nowhere where null.</param>
/// <param name="Archive">Studies of an archive, in place of the arguments; null where none is named.</param>
internal sealed record ClassifyRequest(
    string[] Arguments,
    string? Model,
    double? Threshold,
    int Views,
    OutputFormat Format,
    string? File,
    bool Resume,
    HeatMapOptions? HeatMaps,
    AnswerLevel? Level,
    GreyWindow? Window,
    ReportRequest? Report,
    ArchiveRequest? Archive);
