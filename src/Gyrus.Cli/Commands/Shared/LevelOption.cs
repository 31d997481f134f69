using System.CommandLine;
using Gyrus.Cli.Terminal;
using Gyrus.Inference.Studies;

namespace Gyrus.Cli.Commands.Shared;

/// <summary>The option that says what an answer is of.</summary>
internal static class LevelOption
{
    /// <summary>Makes <c>--level</c>; null for what the arguments are.</summary>
    public static Option<AnswerLevel?> Create() => new Option<AnswerLevel?>("--level")
    {
        Description = "What a row is of. slice: each image. series: the images of a series together. study: its series together, and each beside it. Unless given, a study "
            + "where a folder with DICOM or NIfTI files, a volume or a DICOMDIR is named, else an image.",
    }.Take([("slice", AnswerLevel.Slice), ("series", AnswerLevel.Series), ("study", (AnswerLevel?)AnswerLevel.Study)]);
}
