using Gyrus.Imaging.Decoding;
using Gyrus.Models;

namespace Gyrus.Inference.Studies;

/// <summary>The studies that lie in numbered files, under the files' names, before they are answered.</summary>
/// <param name="Series">The series; those of a study stand together.</param>
/// <param name="Numbers">Of each slice the number of its file.</param>
/// <param name="Others">Files that are neither DICOM nor NIfTI.</param>
/// <param name="Duplicates">Images that were there already and are left out.</param>
/// <param name="Faults">What is wrong with files that cannot be read, a sentence each.</param>
public sealed record NumberedStudies(
    IReadOnlyList<SliceSeries> Series, IReadOnlyDictionary<SeriesSlice, int> Numbers, IReadOnlyList<string> Others, int Duplicates, IReadOnlyList<string> Faults)
{
    private NumberedFiles? _files;

    /// <summary>The slices that are to be answered, in order.</summary>
    public IReadOnlyList<SeriesSlice> Slices => [.. Series.Where(stack => stack.LeftOut is null).SelectMany(stack => stack.Slices)];

    /// <summary>Looks at files by their content.</summary>
    /// <param name="files">The files.</param>
    /// <param name="reader">Reads images, later.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static NumberedStudies Read(NumberedFiles files, SliceReader reader, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(files);
        var found = StudyFiles.Read(files.Paths, reader, progress: null, cancellation);
        List<SliceSeries> stacks = [.. found.Series.Select(files.Named)];
        var numbers = found.Series.SelectMany(stack => stack.Slices).Zip(stacks.SelectMany(stack => stack.Slices))
            .ToDictionary(pair => pair.Second, pair => NumberedFiles.Number(pair.First.Path), (IEqualityComparer<SeriesSlice>)ReferenceEqualityComparer.Instance);
        return new(stacks, numbers, [.. found.Others.Select(files.Words)], found.Duplicates, [.. found.Faults.Select(files.Words)]) { _files = files };
    }

    /// <summary>Makes the answers of those to the slices.</summary>
    /// <param name="results">Of <see cref="Slices"/>, in order.</param>
    /// <param name="model">What was learnt about the model; its labels tell tumours.</param>
    public IReadOnlyList<StudyAnswer> Answer(IEnumerable<ScanResult> results, ModelDescription model)
    {
        var named = results.Select(result => result.Error is { } error && _files is not null ? result with { Error = _files.Words(error) } : result);
        return [.. StudyClassifier.Judge(Series, named, model)];
    }
}
