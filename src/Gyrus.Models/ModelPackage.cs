using System.Text.Json;

namespace Gyrus.Models;

/// <summary>
/// A model as a folder: <c>model.onnx</c> (the network), <c>model.json</c> (<see cref="ModelDescription"/>) and
/// <c>CARD.md</c> (for people), and <c>LICENSE</c> where the weights have a licence of their own.
/// </summary>
/// <param name="Folder">The absolute folder.</param>
/// <param name="Description">What <c>model.json</c> holds.</param>
public sealed record ModelPackage(string Folder, ModelDescription Description)
{
    /// <summary>The name of the description's file.</summary>
    public const string DescriptionFile = "model.json";

    /// <summary>The name of the network's file.</summary>
    public const string OnnxFile = "model.onnx";

    /// <summary>The name of the model card's file.</summary>
    public const string CardFile = "CARD.md";

    /// <summary>The name of the licence's file.</summary>
    public const string LicenceFile = "LICENSE";

    private const string Remedy = "Give the folder of a model package, as an export writes one.";

    /// <summary>The network's file.</summary>
    public string OnnxPath => Path.Combine(Folder, OnnxFile);

    /// <summary>The model card.</summary>
    public string CardPath => Path.Combine(Folder, CardFile);

    /// <summary>Reads a package's description and checks that its files are there; the network is not opened.</summary>
    /// <param name="folder">The package.</param>
    /// <exception cref="GyrusException">The folder or a file of it is missing or damaged, or was made for a newer Gyrus
    /// or for other labels.</exception>
    public static ModelPackage Load(string folder)
    {
        if (!Directory.Exists(folder)) throw new GyrusException($"{folder}: {(File.Exists(folder) ? "this is a file" : "there is no such folder")}. {Remedy}");
        foreach (var name in new[] { DescriptionFile, OnnxFile })
        {
            var path = Path.Combine(folder, name);
            if (!File.Exists(path)) throw new GyrusException($"{path}: there is no such file. {Remedy}");
        }
        return new ModelPackage(Path.GetFullPath(folder), ReadDescription(Path.Combine(folder, DescriptionFile)));
    }

    /// <summary>
    /// Writes a package, whole or not at all: everything goes into a folder beside it, which then takes its name. A
    /// package of that name is replaced.
    /// </summary>
    /// <param name="folder">Where; the folders above it are made where they are missing.</param>
    /// <param name="description">What <c>model.json</c> is to hold, but for the network's hash, which is that of what is
    /// written.</param>
    /// <param name="writeOnnx">Writes the network.</param>
    /// <param name="card">The model card's text.</param>
    /// <param name="licence">The licence of the weights; null for none of their own.</param>
    /// <param name="more">Writes what else is to be in the folder that it is given; nothing where null.</param>
    /// <exception cref="GyrusException">The folder is there and is no package, or the description could not be
    /// loaded.</exception>
    /// <exception cref="IOException">The folder cannot be written; what was there stands.</exception>
    public static ModelPackage Write(string folder, ModelDescription description, Action<Stream> writeOnnx, string card, string? licence = null, Action<string>? more = null)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        DescriptionCheck.Run(Path.Combine(full, DescriptionFile), description);
        RefuseToReplaceOtherThings(full);
        var temporary = full + ".tmp-" + Path.GetRandomFileName();
        try
        {
            AtomicFile.Write(Path.Combine(temporary, OnnxFile), writeOnnx);
            description = description with { NetworkHash = NetworkFile.Hash(Path.Combine(temporary, OnnxFile)) };
            AtomicFile.WriteText(Path.Combine(temporary, DescriptionFile), ToJson(description));
            AtomicFile.WriteText(Path.Combine(temporary, CardFile), card);
            if (licence is not null) AtomicFile.WriteText(Path.Combine(temporary, LicenceFile), licence);
            more?.Invoke(temporary);
            Replace(full, temporary);
        }
        catch
        {
            if (Directory.Exists(temporary)) Directory.Delete(temporary, recursive: true);
            throw;
        }
        return new ModelPackage(full, description);
    }

    /// <summary>The text of <c>model.json</c>, with a line feed at the end.</summary>
    public static string ToJson(ModelDescription description) =>
        JsonSerializer.Serialize(description, DescriptionJson.Default.ModelDescription) + "\n";

    /// <summary>Reads the text of a description.</summary>
    /// <param name="path">Where it comes from, for errors.</param>
    /// <param name="json">What <see cref="ToJson"/> made, in UTF-8.</param>
    /// <exception cref="GyrusException">It is damaged, or was made for a newer Gyrus or for other labels.</exception>
    public static ModelDescription ParseDescription(string path, ReadOnlyMemory<byte> json)
    {
        try
        {
            RefuseNewerFormat(path, json.Span);
            var description = JsonSerializer.Deserialize(json.Span, DescriptionJson.Default.ModelDescription)
                ?? throw new JsonException("it holds null");
            DescriptionCheck.Run(path, description);
            return description;
        }
        catch (JsonException e)
        {
            throw new GyrusException($"{path}: this is no description of a model ({e.Message}). {Remedy}", e);
        }
    }

    private static ModelDescription ReadDescription(string path)
    {
        try
        {
            return ParseDescription(path, File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GyrusException($"{path}: cannot be read ({e.Message}). Make it readable.", e);
        }
    }

    /// <summary>The network's hash that a package's description names, without reading the rest of it, so that what depends on the network alone can be begun; null where there is none that
    /// can be read.</summary>
    /// <param name="folder">The package.</param>
    public static string? NetworkHash(string folder)
    {
        try
        {
            var at = DescriptionMember.Find(File.ReadAllBytes(Path.Combine(folder, DescriptionFile)), "networkHash");
            return at.TokenType == JsonTokenType.String ? at.GetString() : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Looks at the version alone: the rest of a newer layout may not be understood.</summary>
    private static void RefuseNewerFormat(string path, ReadOnlySpan<byte> json)
    {
        var at = DescriptionMember.Find(json, "formatVersion");
        if (at.TokenType != JsonTokenType.Number || !at.TryGetInt32(out var version) || version < 1) throw new JsonException("it has no formatVersion");
        if (version > ModelDescription.CurrentFormatVersion)
        {
            throw new GyrusException($"{path}: this model has format version {version}, and this Gyrus reads up to "
                + $"{ModelDescription.CurrentFormatVersion}. Use a newer Gyrus, or export the model again with this one.");
        }
    }

    private static void RefuseToReplaceOtherThings(string full)
    {
        bool other = File.Exists(full) || (Directory.Exists(full)
            && Directory.EnumerateFileSystemEntries(full).Any() && !File.Exists(Path.Combine(full, DescriptionFile)));
        if (other)
        {
            throw new GyrusException($"{full}: this is there already and is no model package. Give a new or an empty "
                + "folder, or one that holds a model package, which is replaced.");
        }
    }

    private static void Replace(string full, string temporary)
    {
        if (!Directory.Exists(full))
        {
            Directory.Move(temporary, full);
            return;
        }
        var old = full + ".old-" + Path.GetRandomFileName();
        Directory.Move(full, old);
        try
        {
            Directory.Move(temporary, full);
        }
        catch
        {
            Directory.Move(old, full);
            throw;
        }
        Directory.Delete(old, recursive: true);
    }
}
