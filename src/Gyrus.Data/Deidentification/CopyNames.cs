using Gyrus.Dicom.Privacy;

namespace Gyrus.Data.Deidentification;

/// <summary>Names copies: folders as the secret has it, files by their new UIDs. Old names may hold a patient's, and none is taken.</summary>
internal static class CopyNames
{
    /// <summary>The paths of copies, relative to the folder of all, with forward slashes; files that lie in one folder lie in one again.</summary>
    /// <param name="folder">The absolute folder of the source.</param>
    /// <param name="files">The files, and their objects' old UIDs.</param>
    /// <param name="pseudonyms">What stands for UIDs and folders.</param>
    public static IReadOnlyList<string> Of(string folder, IReadOnlyList<(string Path, string Uid)> files, Pseudonyms pseudonyms)
    {
        HashSet<string> taken = new(StringComparer.Ordinal);
        List<string> names = new(files.Count);
        foreach (var (path, uid) in files)
        {
            var below = Path.GetRelativePath(folder, Path.GetDirectoryName(path)!).Replace(Path.DirectorySeparatorChar, '/');
            var stem = (below == "." ? "" : Folders(below, pseudonyms)) + pseudonyms.Uid(uid);
            var name = stem + ".dcm";
            // The same object twice in a folder, as its UID has it.
            for (int copy = 2; !taken.Add(name); copy++) name = $"{stem}-{copy}.dcm";
            names.Add(name);
        }
        return names;
    }

    private static string Folders(string below, Pseudonyms pseudonyms)
    {
        var parts = below.Split('/');
        return string.Concat(parts.Select((_, i) => pseudonyms.Folder(string.Join('/', parts[..(i + 1)])) + "/"));
    }
}
