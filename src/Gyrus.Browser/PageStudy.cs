using System.Runtime.InteropServices.JavaScript;
using System.Text;
using System.Text.Json;
using Gyrus.Imaging.Decoding;
using Gyrus.Inference;
using Gyrus.Inference.Studies;

namespace Gyrus.Browser;

/// <summary>What a page calls to classify studies without sending them. Begin, add each file, read; then for each slice: prepare, give each output, answer; then the answer of all. Files lie in the memory
/// of this program, as in a folder.</summary>
internal static partial class PageStudy
{
    private const string Folder = "/study";

    private static readonly List<string> Names = [];
    private static readonly List<ScanResult> Results = [];
    private static NumberedStudies? _studies;
    private static IReadOnlyList<SeriesSlice> _slices = [];

    /// <summary>Forgets the study before.</summary>
    [JSExport]
    internal static void Begin()
    {
        Names.Clear();
        Results.Clear();
        (_studies, _slices) = (null, []);
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
        Directory.CreateDirectory(Folder);
    }

    /// <summary>Takes a file.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="bytes">What it holds.</param>
    [JSExport]
    internal static void Add(string name, byte[] bytes)
    {
        File.WriteAllBytes(NumberedFiles.PathOf(Folder, Names.Count), bytes);
        Names.Add(name);
    }

    /// <summary>Finds the series in the files.</summary>
    /// <returns>How many slices there are to be answered.</returns>
    /// <exception cref="GyrusException">There is no series; the message says why.</exception>
    [JSExport]
    internal static int Read()
    {
        _studies = NumberedStudies.Read(new NumberedFiles(Folder, Names), new SliceReader(), CancellationToken.None);
        if (_studies.Series.Count == 0)
            throw new GyrusException(_studies.Faults.Count > 0 ? string.Join(" ", _studies.Faults) : "None of the files is a DICOM image or a NIfTI volume.");
        _slices = _studies.Slices;
        return _slices.Count;
    }

    /// <summary>Prepares a slice, in their order.</summary>
    /// <param name="slice">Its number, from 0.</param>
    /// <param name="heatMap">Whether its evidence is wanted.</param>
    /// <returns>The network's input; null for a slice that cannot be read, which then has its answer.</returns>
    [JSExport]
    internal static byte[]? PrepareSlice(int slice, bool heatMap)
    {
        var name = _slices[slice].Name;
        try
        {
            return PageClassifier.Prepare(_slices[slice].Read(), heatMap, label: null);
        }
        catch (Exception e) when (ImageFault.IsOfOneImage(e))
        {
            Results.Add(ScanResult.Unreadable(name, ImageFault.Message(name, e)));
            return null;
        }
    }

    /// <summary>Takes the answer of a slice whose outputs were given.</summary>
    /// <param name="slice">Its number.</param>
    [JSExport]
    internal static void AnswerSlice(int slice) => Results.Add(PageClassifier.Result(_slices[slice].Name));

    /// <summary>Makes the answer.</summary>
    /// <param name="heatMaps">Whether heat maps were wanted.</param>
    /// <returns>What the service answers to a form with these files.</returns>
    [JSExport]
    internal static string Answer(bool heatMaps)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
            NumberedStudiesJson.Write(json, _studies!, _studies!.Answer(Results, PageClassifier.Model), heatMaps);
        return Encoding.UTF8.GetString(text.ToArray());
    }
}
