using Gyrus.Dicom.Parsing;

namespace Gyrus.Dicom.Series;

/// <summary>Finds the DICOM images in folders, by content and not by name. Pixels are not read.</summary>
public static class StudyWalk
{
    /// <summary>Reads the attributes of every DICOM file among some.</summary>
    /// <param name="files">The files; those that are no DICOM are passed over.</param>
    /// <param name="onUnreadable">Told of files that begin as DICOM and cannot be read.</param>
    /// <param name="progress">Told of each file.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The images, in the order of the files; objects without pixels too, but no DICOMDIR.</returns>
    public static IReadOnlyList<SliceHeader> Read(
        IReadOnlyList<string> files, Action<DicomException>? onUnreadable, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(files);
        var found = new IReadOnlyList<SliceHeader>?[files.Count];
        int done = 0;
        void ReadOne(int i)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                if (IsDicom(files[i])) found[i] = SliceHeader.Of(DicomFile.ReadHeader(files[i]));
            }
            catch (DicomException e)
            {
                onUnreadable?.Invoke(e);
            }
            progress?.Report(new WorkProgress("reading headers", Interlocked.Increment(ref done), files.Count));
        }

        // A browser has one thread.
        if (OperatingSystem.IsBrowser()) for (int i = 0; i < files.Count; i++) ReadOne(i);
        else Parallel.For(0, files.Count, new ParallelOptions { CancellationToken = cancellation }, ReadOne);
        // A DICOMDIR is no object of a study.
        return [.. found.OfType<IReadOnlyList<SliceHeader>>().SelectMany(slices => slices).Where(slice => slice.InstanceUid.Length > 0 || slice.Size != default)];
    }

    /// <summary>The files that a DICOMDIR names, beside it: PS3.10 section 8.6.</summary>
    /// <param name="path">The DICOMDIR.</param>
    /// <returns>None where the file is no DICOMDIR.</returns>
    public static IReadOnlyList<string> Named(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return [.. DicomFile.Read(path).Data.Items(DicomTags.DirectoryRecordSequence)
            .Select(record => record.Texts(DicomTags.ReferencedFileId))
            .Where(parts => parts.Count > 0 && parts.All(part => part is not ("" or "." or "..") && !Path.IsPathRooted(part) && !part.Contains('/', StringComparison.Ordinal)))
            .Select(parts => Path.Combine([folder, .. parts]))];
    }

    /// <summary>Whether a file is a DICOMDIR, which names the files of a medium; false too for one that cannot be read.</summary>
    /// <param name="path">The file.</param>
    public static bool IsDirectory(string path)
    {
        try
        {
            return FileKind.Special(path) is null && IsDicom(path) && DicomFile.ReadHeader(path).Meta.Text(DicomTags.MediaStorageSopClassUid) == "1.2.840.10008.1.3.10";
        }
        catch (DicomException)
        {
            return false;
        }
    }

    /// <summary>Whether a file begins as DICOM, whatever its name.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DicomException">It is not there, or may not be read.</exception>
    public static bool IsDicom(string path)
    {
        try
        {
            using var file = File.OpenHandle(path);
            Span<byte> start = stackalloc byte[132];
            return DicomFile.Begins(start[..RandomAccess.Read(file, start, 0)]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DicomException(path, DicomFault.Unreadable, PathFault.OfFile(path, e), e);
        }
    }
}
