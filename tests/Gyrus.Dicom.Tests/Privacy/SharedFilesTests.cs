using System.Text;
using System.Text.RegularExpressions;
using Gyrus.Dicom.Parsing;
using Gyrus.Dicom.Pixels;
using Gyrus.Dicom.Privacy;
using Gyrus.Dicom.Tests.Peers;
using Gyrus.Dicom.Writing;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Dicom.Tests.Privacy;

/// <summary>Every file of other projects' tests that holds an object.</summary>
public sealed partial class SharedFilesTests
{
    // Shorter values are in many bytes by chance.
    private const int Shortest = 5;

    // What stands for texts and dates that went, in some files before Gyrus too.
    private static readonly string[] Dummies = ["REMOVED", "19000101"];

    // Files in which de-identification makes an error that the profile asks for: whoever is responsible for an animal goes.
    private static readonly string[] OfAnimals = ["fo-dicom/mr_brucker.dcm"];

    // InstitutionName, InstitutionAddress, OtherPatientIDs, StudyID: the profile's, and no people's.
    private static readonly DicomTag[] Identifiers =
    [
        DicomTags.PatientId, DicomTags.PatientBirthDate, DicomTags.AccessionNumber, new(0x0008, 0x0080), new(0x0008, 0x0081), new(0x0010, 0x1000),
        DicomTags.StudyInstanceUid, DicomTags.SeriesInstanceUid, DicomTags.SopInstanceUid, new(0x0008, 0x1155),
    ];

    [Fact]
    public void No_name_number_or_UID_is_left_and_pixels_are_the_same()
    {
        List<string> faults = [];
        int files = 0, pixels = 0, looked = 0;
        foreach (var (name, file) in Files())
        {
            files++;
            var treated = Treated(file);
            var bytes = DicomWriter.File(treated.Data, treated.Syntax);
            // A maker's own scanner: its name is the institution's, and stays as the maker's.
            foreach (var value in Values(file.Data).Distinct().Where(value => !file.Data.Text(DicomTags.Manufacturer).Contains(value, StringComparison.Ordinal)))
            {
                looked++;
                if (bytes.AsSpan().IndexOf(Encoding.Latin1.GetBytes(value)) >= 0) faults.Add($"{name}: '{value}' is left");
            }
            if (Pixels(file) is not { } before) continue;
            pixels++;
            if (Pixels(DicomFile.Parse(name, bytes)) is not { } after || !before.SequenceEqual(after)) faults.Add($"{name}: other pixels");
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.True(files >= 100 && pixels >= 95 && looked >= 600, $"{files} files, {pixels} with pixels, {looked} values");
    }

    [Fact]
    public void Peers_read_the_same_pixels()
    {
        using var folder = new TempFolder();
        var root = TestFiles.Shared("dicom");
        List<string> names = [];
        foreach (var (name, file) in Files().Where(one => Pixels(one.File) is not null))
        {
            var treated = Treated(file);
            names.Add(name);
            Directory.CreateDirectory(Path.GetDirectoryName(folder.File(name))!);
            File.WriteAllBytes(folder.File(name), DicomWriter.File(treated.Data, treated.Syntax));
        }
        var (before, after) = (PeerValues.Of(root, names), PeerValues.Of(folder.Path, names));

        Assert.DoesNotContain(names, name => before[name].Values is { } values && after[name].Values?.SequenceEqual(values) != true);
        Assert.True(names.Count(name => before[name].Values is not null) >= 95);
    }

    /// <summary>dciodvfy checks objects against the standard's definitions.</summary>
    [Fact]
    public void Dciodvfy_finds_no_error_that_was_not_there()
    {
        PeerProgram.Require("dciodvfy");
        using var folder = new TempFolder();
        var root = TestFiles.Shared("dicom");
        List<string> faults = [];
        int checkedFiles = 0;
        foreach (var (name, file) in Files().Where(one => ObjectRisk.Of(one.File) is null && !OfAnimals.Contains(one.Name)))
        {
            var treated = Treated(file);
            File.WriteAllBytes(folder.File("x.dcm"), DicomWriter.File(treated.Data, treated.Syntax));
            var before = Errors(Path.Combine(root, name));
            faults.AddRange(Errors(folder.File("x.dcm")).Where(error => error.Value > before.GetValueOrDefault(error.Key)).Select(error => $"{name}: {error.Key}"));
            checkedFiles++;
        }

        Assert.Empty(faults);
        Assert.True(checkedFiles >= 90, $"{checkedFiles} files");
    }

    private static Dictionary<string, int> Errors(string path)
    {
        var (output, error) = PeerProgram.Run("dciodvfy", [path]);
        return $"{output}\n{error}".Split('\n').Where(line => line.StartsWith("Error", StringComparison.Ordinal)).CountBy(line => Value().Replace(line, "<>")).ToDictionary();
    }

    private static DeidentifiedObject Treated(DicomFile file) => new ObjectDeidentifier(new("a secret that nobody knows"u8.ToArray(), new()), new()).Apply(file);

    private static IEnumerable<string> Values(DicomDataset data) => data.Elements
        .SelectMany(element => (element.Representation == "PN" || Identifiers.Contains(element.Tag) ? data.Texts(element.Tag) : []).Concat(element.Items.SelectMany(Values)))
        .Where(value => value.Length >= Shortest && !Dummies.Contains(value));

    private static List<int>? Pixels(DicomFile file)
    {
        try
        {
            var pixels = DicomPixels.Of(file);
            return [.. Enumerable.Range(0, pixels.Layout.Frames).SelectMany(frame => pixels.Frame(frame).Raw.Select(value => (int)value))];
        }
        catch (DicomException)
        {
            return null;
        }
    }

    private static IEnumerable<(string Name, DicomFile File)> Files()
    {
        var folder = TestFiles.Shared("dicom");
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            DicomFile file;
            try
            {
                file = DicomFile.Read(path);
            }
            catch (DicomException)
            {
                continue;
            }
            if (ObjectRisk.Refusal(file) is null) yield return (Path.GetRelativePath(folder, path), file);
        }
    }

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Value();
}
