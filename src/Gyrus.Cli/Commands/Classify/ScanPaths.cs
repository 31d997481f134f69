using Gyrus.Data.Import;
using Gyrus.Dicom.Nifti;
using Gyrus.Dicom.Series;
using Gyrus.Imaging.Decoding;
using Microsoft.Extensions.FileSystemGlobbing;
using Microsoft.Extensions.FileSystemGlobbing.Abstractions;

namespace Gyrus.Cli.Commands.Classify;

/// <summary>Turns what a user names into the paths of files.</summary>
internal static class ScanPaths
{
    /// <summary>
    /// Expands in the order named, and by name within a folder: a file is itself, whatever its name; a DICOMDIR is the files that it names; a folder is the
    /// images below it, by their extensions, and DICOM and NIfTI files by their content, since archives give them any name; a pattern with <c>*</c> or <c>**</c> is the files that match, where no
    /// file has that very name; <c>-</c> is a list of files on standard input. Anything else is taken as the path of a
    /// file, so that its absence is reported in its place.
    /// </summary>
    /// <param name="arguments">What the user named.</param>
    /// <param name="openInput">Opens standard input.</param>
    /// <param name="onFault">Takes the message where a folder or a pattern gives no file, and where a folder below may not be
    /// read.</param>
    /// <param name="passedOver">Counts the files of folders that are no images by their names.</param>
    public static IEnumerable<string> Expand(
        IEnumerable<string> arguments, Func<Stream> openInput, Action<string> onFault, PassedOver passedOver)
    {
        foreach (var argument in arguments)
        {
            int count = 0;
            foreach (var path in ExpandOne(argument, openInput, onFault, passedOver))
            {
                count++;
                yield return path;
            }
            if (count == 0) onFault(Nothing(argument));
        }
    }

    private static IEnumerable<string> ExpandOne(
        string argument, Func<Stream> openInput, Action<string> onFault, PassedOver passedOver) =>
        argument == "-" ? FromInput(openInput)
        : Directory.Exists(argument) ? ImagesBelow(argument, onFault, passedOver)
        : StudyWalk.IsDirectory(argument) ? StudyWalk.Named(argument)
        : argument.Contains('*', StringComparison.Ordinal) && !File.Exists(argument) ? Matches(argument)
        : [argument];

    private static string Nothing(string argument) => argument == "-"
        ? "standard input: it names no file. Write paths into it, one a line."
        : $"{argument}: there is no image here. Name image files, a folder that holds some, or a pattern that matches some.";

    private static IEnumerable<string> FromInput(Func<Stream> openInput)
    {
        using var input = openInput();
        foreach (var path in PathList.Read(input)) yield return path;
    }

    /// <summary>Hidden files and folders are left out, and links to folders are not followed: they may lead in
    /// circles.</summary>
    private static IEnumerable<string> ImagesBelow(string folder, Action<string> onFault, PassedOver passedOver)
    {
        var options = new EnumerationOptions { IgnoreInaccessible = false, AttributesToSkip = FileAttributes.Hidden };
        List<FileSystemInfo> entries = [];
        try
        {
            entries = [.. new DirectoryInfo(folder).EnumerateFileSystemInfos("*", options)
                .OrderBy(entry => entry.Name, StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            onFault($"{folder}: {PathFault.OfFolder(folder, e)}. Nothing in it was read.");
        }
        foreach (var entry in entries)
        {
            var path = Path.Combine(folder, entry.Name);
            if (entry is DirectoryInfo directory)
            {
                if (directory.LinkTarget is not null) continue;
                foreach (var below in ImagesBelow(path, onFault, passedOver)) yield return below;
            }
            else if (FolderLayout.IsImageName(entry.Name) || HoldsSlices(path))
            {
                yield return path;
            }
            else
            {
                passedOver.Add(entry.Name);
            }
        }
    }

    private static bool HoldsSlices(string path) =>
        !PassedOver.NeverHoldsScans(path) && (ImageFormats.OfFile(path)?.Name == DicomSlices.FormatName || NiftiVolume.IsNifti(path));

    private static IEnumerable<string> Matches(string pattern)
    {
        // The part before the first wildcard is a folder, which the matcher does not take as part of a pattern.
        int end = pattern.LastIndexOf('/', pattern.IndexOf('*', StringComparison.Ordinal));
        var folder = pattern[..(end + 1)];
        var root = new DirectoryInfo(folder.Length == 0 ? "." : folder);
        if (!root.Exists) return [];
        var matcher = new Matcher(StringComparison.Ordinal).AddInclude(pattern[(end + 1)..]);
        return matcher.Execute(new DirectoryInfoWrapper(root)).Files
            .Select(match => folder + match.Path)
            .Order(StringComparer.Ordinal);
    }
}
