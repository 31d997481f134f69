using System.Globalization;
using CsvHelper;
using Gyrus.Data.Examining;
using Gyrus.Data.Import;
using Gyrus.Data.Manifests;

namespace Gyrus.Data.Audit;

/// <summary>Lists the images of whatever is to be audited, with labels where the source gives any.</summary>
internal static class AuditSource
{
    private const int MostLabels = 50;

    /// <summary>Finds the images of a source.</summary>
    /// <param name="source">A folder, a zip, a manifest, or a CSV file with the columns <c>path,label,split</c>.</param>
    /// <param name="unpackTo">Where a zip is unpacked; not used otherwise.</param>
    /// <param name="progress">Told of each image that is unpacked.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="GyrusException">The source is not there, is none of these, or holds no image.</exception>
    public static AuditImages Find(
        string source, string unpackTo, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        if (Directory.Exists(source)) return Label(source, source, FolderSource.List(source));
        if (!File.Exists(source))
            throw new GyrusException($"{source}: there is no such file or folder. Give a folder, a zip or a CSV file.");
        if (Path.GetExtension(source).Equals(".csv", StringComparison.OrdinalIgnoreCase)) return Csv(source);
        if (ZipSource.IsZip(source))
            return Label(source, unpackTo, ZipSource.Unpack(source, unpackTo, progress, cancellation));
        throw new GyrusException($"{source}: neither a folder, a zip nor a .csv file. Give one of these.");
    }

    private static AuditImages Csv(string path)
    {
        if (IsManifest(path))
        {
            var manifest = Manifest.Load(path);
            if (manifest.Rows.Count == 0) throw new GyrusException($"{path}: no image is listed.");
            return new AuditImages(
                [.. manifest.Rows.Select(row =>
                    new SourceImage(row.Path, manifest.FullPath(row), row.Label, row.Split)
                    {
                        Origin = Origin(column => manifest.Value(row, column)),
                    })],
                [], 0, path, IsManifest: true);
        }
        var found = CsvSource.Read(path, unlabelled: true);
        List<string> columns = [.. found.MoreColumns];
        return new AuditImages(
            [.. found.Images.Select(image => new SourceImage(
                image.Name, image.FullPath, image.Label.Length > 0 ? image.Label : null, image.Split)
            {
                Origin = Origin(column => columns.IndexOf(column) is >= 0 and var at ? image.More[at] : ""),
            })],
            [], 0, path, IsManifest: false);
    }

    private static ImageOrigin Origin(Func<string, string> value)
    {
        var patient = value(KnownColumns.Patient);
        return new ImageOrigin(
            patient.Length == 0 ? "" : $"{value(KnownColumns.Source)} {patient}", value(KnownColumns.Sequence), value(KnownColumns.Plane));
    }

    private static bool IsManifest(string path)
    {
        try
        {
            using var csv = new CsvReader(new StringReader(UserText.Read(path)), CultureInfo.InvariantCulture);
            return csv.Read() && csv.ReadHeader() && csv.HeaderRecord!.Contains("sha256");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CsvHelperException)
        {
            return false; // Who reads it next says what is wrong with it.
        }
    }

    /// <summary>
    /// The labels that <see cref="FolderLayout"/> reads, if they are 50 at most: more are patients, or days.
    /// </summary>
    private static AuditImages Label(string source, string place, SourceFiles files)
    {
        if (files.Images.Count == 0)
        {
            throw new GyrusException(
                $"{source}: there is no image to audit; {files.Describe()}. Give the folder, zip or CSV file of "
                + "a data set.");
        }
        var layout = FolderLayout.Read(files.Images);
        bool known = layout.DistinctBy(place => place?.Label).Count(place => place is not null) <= MostLabels;
        return new AuditImages(
            [.. files.Images.Select((relative, i) => new SourceImage(
                relative,
                Path.GetFullPath(Path.Combine(files.Folder, relative)),
                known ? layout[i]?.Label : null,
                layout[i]?.Split ?? PartAbove(relative)))],
            [.. files.LeftOut.Select(file => file with
            {
                Path = Path.IsPathRooted(file.Path) ? Path.GetRelativePath(files.Folder, file.Path) : file.Path,
            })],
            files.Ignored,
            place,
            IsManifest: false);
    }

    private static Split PartAbove(string relative) =>
        relative.Split('/')[..^1].Reverse().Select(SplitNames.Parse).FirstOrDefault(part => part is not null)
        ?? Split.None;
}
