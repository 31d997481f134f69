namespace Gyrus.Data.Converting;

/// <summary>The folder of a series' images: written whole or not at all.</summary>
internal static class SeriesFolder
{
    /// <summary>The table in it.</summary>
    public const string Table = "slices.csv";

    /// <summary>Writes a folder: into a temporary one beside it, which takes its place when it is whole. One that an earlier run wrote is replaced.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="fill">Writes the files into the folder that it is given.</param>
    /// <exception cref="GyrusException">Files stand there that no conversion wrote.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string folder, Action<string> fill)
    {
        RequireOwn(folder);
        var temporary = folder + ".tmp-" + Path.GetRandomFileName();
        Directory.CreateDirectory(temporary);
        try
        {
            fill(temporary);
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
            Directory.Move(temporary, folder);
        }
        catch
        {
            Directory.Delete(temporary, recursive: true);
            throw;
        }
    }

    /// <summary>The name of an image in it.</summary>
    /// <param name="slice">Which slice of the series, from 0.</param>
    public static string Image(int slice) => FormattableString.Invariant($"{slice + 1:0000}.png");

    // Nothing of a person's own is to be deleted.
    private static void RequireOwn(string folder)
    {
        if (File.Exists(folder)) throw new GyrusException($"{folder}: this is a file, and a folder of slices would be written there. Move it, or write to another folder.");
        if (!Directory.Exists(folder)) return;
        var foreign = Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName)
            .FirstOrDefault(name => name != Table && !(Path.GetExtension(name) == ".png" && Path.GetFileNameWithoutExtension(name)!.All(char.IsAsciiDigit)));
        if (foreign is not null) throw new GyrusException($"{folder}: the folder holds {foreign}, which no conversion wrote, and would be replaced. Move it, or write to another folder.");
    }
}
