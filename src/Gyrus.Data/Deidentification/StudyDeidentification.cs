using System.Security.Cryptography;
using Gyrus.Data.Scrubbing;
using Gyrus.Dicom;
using Gyrus.Dicom.Parsing;
using Gyrus.Dicom.Privacy;
using Gyrus.Dicom.Series;
using Gyrus.Dicom.Writing;
using Gyrus.Imaging.Decoding;

namespace Gyrus.Data.Deidentification;

/// <summary>Writes copies of DICOM files without what tells who they are of.</summary>
public static class StudyDeidentification
{
    private const int SecretBytes = 32;

    /// <summary>Writes the copies and a report of them (<see cref="ReportFile"/>). Each file is written whole or not at all; with the same secret a run that was stopped is simply made again.</summary>
    /// <param name="request">What to take out of which files.</param>
    /// <param name="progress">Told of each file.</param>
    /// <param name="cancellation">Stops the work; the copies that are written stay.</param>
    /// <exception cref="GyrusException">The source cannot be listed or holds no object that can be written, the folder mixes with it, holds files that a random secret would mix with,
    /// or is written by another process, or a copy cannot be written.</exception>
    public static DeidentificationReport Run(DeidentificationRequest request, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        var pseudonyms = new Pseudonyms(request.Secret ?? RandomNumberGenerator.GetBytes(SecretBytes), new DicomUids(request.UidRoot));
        var source = DeidentificationSource.Open(request.Source);
        var to = Path.GetFullPath(request.Folder);
        CheckApart(request, source, to);
        using var alone = Write(to, () => OutputLock.TakeFolder(to));
        foreach (var half in HalfWritten(to)) Write(half, () => File.Delete(half));
        var headers = Each(source.Files, "headers", Header, progress, cancellation);
        List<(string Path, string Uid)> objects = [.. headers.Where(header => header is { Uid.Length: > 0 }).Select(header => (header!.Value.Path, header.Value.Uid))];
        var names = CopyNames.Of(source.Folder, objects, pseudonyms);
        var copies = Each([.. objects.Zip(names)], "files", pair => Copy(request, pseudonyms, pair.First.Path, to, pair.Second), progress, cancellation);
        var report = Report(
            [.. copies.Select(copy => copy.Written).OfType<Written>()],
            [.. source.LeftOut, .. headers.Select(header => header?.LeftOut).OfType<LeftOutFile>(), .. copies.Select(copy => copy.LeftOut).OfType<LeftOutFile>()],
            headers.Count(header => header is null));
        if (report.Files.Count == 0)
        {
            var why = report.LeftOut is [var first, ..] ? $" The first of {report.LeftOut.Count}, {first.Path}: {first.Reason}." : " No DICOM file lies there.";
            throw new GyrusException($"{request.Source}: nothing was written.{why}");
        }
        var path = Path.Combine(to, ReportFile.Name);
        Write(path, () => AtomicFile.WriteText(path, ReportFile.Text(report, request)));
        return report;

        (string Path, string Uid, LeftOutFile? LeftOut)? Header(string file)
        {
            try
            {
                if (Path.GetFileName(file) == OutputLock.FileName || !StudyWalk.IsDicom(file)) return null;
                var header = DicomFile.ReadHeader(file);
                if (ObjectRisk.IsDirectory(header)) return null;
                var reason = ObjectRisk.Refusal(header) ?? (request.KeepRisky ? null : ObjectRisk.Of(header));
                return reason is null ? (file, header.Data.Text(DicomTags.SopInstanceUid), null) : (file, "", new LeftOutFile(file, reason));
            }
            catch (DicomException e)
            {
                return (file, "", new LeftOutFile(file, Reason(e)));
            }
        }
    }

    /// <summary>What a run that was killed had not written to its end.</summary>
    private static IEnumerable<string> HalfWritten(string folder) =>
        Directory.GetFiles(folder, "*.dcm.tmp-*", SearchOption.AllDirectories).Concat(Directory.GetFiles(folder, ReportFile.Name + ".tmp-*"));

    private sealed record Written(DeidentifiedFile File, AttributeTally Tally, string Patient, string Study, string Series);

    private static (Written? Written, LeftOutFile? LeftOut) Copy(DeidentificationRequest request, Pseudonyms pseudonyms, string from, string folder, string name)
    {
        try
        {
            var file = DicomFile.Read(from);
            // What is behind the header was not known when the header was read.
            if (ObjectRisk.Refusal(file) is { } reason) return (null, new(from, reason));
            var treated = new ObjectDeidentifier(pseudonyms, request.Options).Apply(file);
            BlankedFrames? blanking = null;
            if (request.BlankOutsideHead && file.Data.Find(DicomTags.PixelData) is not null)
            {
                if (OutsideHead.Blank(file, treated) is not var (blanked, frames)) return (null, new(from, "colours, which are not blanked"));
                (treated, blanking) = (blanked, frames);
            }
            var bytes = DicomWriter.File(treated.Data, treated.Syntax);
            var path = Path.Combine(folder, name);
            Write(path, () => AtomicFile.Write(path, stream => stream.Write(bytes)));
            var changes = Enum.GetValues<AttributeChange>().Select(treated.Tally.Count).ToList();
            var data = treated.Data;
            return (new(new(name, changes, blanking), treated.Tally, data.Text(DicomTags.PatientId), data.Text(DicomTags.StudyInstanceUid), data.Text(DicomTags.SeriesInstanceUid)), null);
        }
        catch (DicomException e)
        {
            return (null, new(from, Reason(e)));
        }
        catch (Exception e) when (ImageFault.IsOfOneImage(e))
        {
            return (null, new(from, $"gyrus failed on it ({e.GetType().Name}); please report it"));
        }
    }

    /// <summary>An error's own words may quote the file: these do not.</summary>
    private static string Reason(DicomException fault) => fault.Fault switch
    {
        DicomFault.Empty => "empty",
        DicomFault.Damaged => "damaged or cut off",
        DicomFault.TooLarge => "too large",
        DicomFault.Unreadable => "not there, or may not be read",
        _ => "pixels of a kind that is not read",
    };

    private static DeidentificationReport Report(IReadOnlyList<Written> written, IReadOnlyList<LeftOutFile> leftOut, int otherFiles)
    {
        var tally = new AttributeTally();
        foreach (var one in written) tally.Add(one.Tally);
        return new([.. written.Select(one => one.File)], leftOut, otherFiles, Distinct(one => one.Patient), Distinct(one => one.Study), Distinct(one => one.Series), tally);

        int Distinct(Func<Written, string> name) => written.Select(name).Distinct().Count();
    }

    private static void CheckApart(DeidentificationRequest request, DeidentificationSource source, string to)
    {
        bool into = source.Files.Any(file => ScrubSource.IsBelow(file, to));
        bool below = Directory.Exists(request.Source) && ScrubSource.IsBelow(to + Path.DirectorySeparatorChar, source.Folder);
        if (into || below) throw new GyrusException($"{to}: the copies would lie among the files that they are made from. Give a folder apart from {request.Source}.");
        if (request.Secret is null && Directory.Exists(to) && Directory.EnumerateFileSystemEntries(to).Any(entry => Path.GetFileName(entry) != OutputLock.FileName))
        {
            throw new GyrusException(
                $"{to}: files are there already, and with a secret of its own a run gives patients other names than theirs. Give an empty folder, or the secret that they were made with.");
        }
    }

    private static TResult[] Each<TSource, TResult>(
        IReadOnlyList<TSource> all, string what, Func<TSource, TResult> make, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        var made = new TResult[all.Count];
        int done = 0;
        try
        {
            Parallel.For(0, all.Count, new ParallelOptions { CancellationToken = cancellation }, i =>
            {
                made[i] = make(all[i]);
                progress?.Report(new WorkProgress(what, Interlocked.Increment(ref done), all.Count));
            });
        }
        catch (AggregateException e) when (e.InnerExceptions.OfType<GyrusException>().FirstOrDefault() is { } fault)
        {
            throw new GyrusException(fault.Message, fault);
        }
        return made;
    }

    private static void Write(string path, Action write) => Write(path, () =>
    {
        write();
        return path;
    });

    private static T Write<T>(string path, Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GyrusException($"{path}: cannot be written ({e.Message}). Make room or give another folder.", e);
        }
    }
}
