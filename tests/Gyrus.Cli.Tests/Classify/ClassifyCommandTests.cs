using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CsvHelper;
using Gyrus.Cli.Terminal;
using Gyrus.Imaging.Labels;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using Xunit;

namespace Gyrus.Cli.Tests.Classify;

public sealed partial class ClassifyCommandTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public ClassifyCommandTests()
    {
        ColourModel.Write(_temp.File("model"));
        Directory.CreateDirectory(_temp.File("scans/deep"));
        TestImage.Write(_temp.File("scans/a-red.png"), 255, 0, 0);
        TestImage.Write(_temp.File("scans/deep/b-green.jpg"), 0, 255, 0);
        TestImage.Write(_temp.File("scans/z-synthetic-blue.png"), 0, 0, 255);
        File.WriteAllText(_temp.File("scans/notes.txt"), "no scan");
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Classify_leaves_nothing_in_the_home_folder_and_so_reports_to_nobody()
    {
        using var home = new TempFolder();
        using var cache = new TempFolder();
        // ONNX Runtime keeps quiet by itself where these say that it is being tested.
        var environment = new Dictionary<string, string>
        {
            ["HOME"] = home.Path,
            ["XDG_CACHE_HOME"] = "",
            ["GYRUS_CACHE"] = cache.Path,
            ["CI"] = "",
            ["GITHUB_ACTIONS"] = "",
        };

        var outcome = await GyrusProcess.Run(
            ["classify", Path.Combine(TestFiles.Root, "samples")], TestContext.Current.CancellationToken, environment: environment);

        Assert.Equal(ExitCode.Success, outcome.ExitCode);
        Assert.Empty(Directory.GetFiles(home.Path, "*", SearchOption.AllDirectories));
    }

    /// <summary>Programs read these lines. If this fails, what they depend on has changed: do not change it.</summary>
    [Fact]
    public async Task Json_keeps_its_form()
    {
        var outcome = await Classify(["scans/a-red.png", "missing.png", "--format", "json"]);

        Assert.Equal(ExitCode.SomeUnreadable, outcome.ExitCode);
        Assert.Equal(2, outcome.Lines.Length);
        Assert.Matches(JsonLine(), outcome.Lines[0]);
        Assert.StartsWith("{\"path\":\"scans/a-red.png\",\"label\":\"ct_tumor\",", outcome.Lines[0]);
        Assert.Matches("^\\{\"path\":\"missing\\.png\",\"error\":\"[^\"]*missing\\.png[^\"]*\"\\}$", outcome.Lines[1]);
    }

    [Fact]
    public async Task Json_holds_the_networks_answer()
    {
        var outcome = await Classify(["scans/a-red.png", "--format", "json"]);

        Assert.Equal(ExitCode.Success, outcome.ExitCode);
        using var json = JsonDocument.Parse(outcome.Lines.Single());
        var probabilities = json.RootElement.GetProperty("probabilities");
        Assert.Equal(PublishedLabels.Set.All.Select(label => label.Name), probabilities.EnumerateObject().Select(p => p.Name));
        Assert.Equal(1, probabilities.EnumerateObject().Sum(p => p.Value.GetDouble()), 1e-5);
        var tumour = PublishedLabels.Set.All.Where(label => label.IsTumour == true)
            .Sum(label => probabilities.GetProperty(label.Name).GetDouble());
        Assert.Equal(tumour, json.RootElement.GetProperty("tumour").GetDouble(), 1e-5);
        Assert.Equal("ct", json.RootElement.GetProperty("modality").GetString());
    }

    [Fact]
    public async Task Folder_of_another_format_is_told_by_what_was_passed_over()
    {
        Directory.CreateDirectory(_temp.File("study/series"));
        for (int i = 0; i < 3; i++) File.WriteAllText(_temp.File($"study/series/{i}.nii"), "");
        File.WriteAllText(_temp.File("study/README"), "");

        var outcome = await Classify(["study"]);

        Assert.Equal(ExitCode.SomeUnreadable, outcome.ExitCode);
        Assert.Contains("study: there is no image here", outcome.Error);
        Assert.Contains("passed over, being no images by their names: 3 .nii, 1 without an extension", outcome.Error);
    }

    [Fact]
    public async Task Csv_of_a_file_whose_name_is_a_formula_is_none_in_a_spreadsheet()
    {
        File.Copy(_temp.File("scans/a-red.png"), _temp.File("=1+2.png"));

        var outcome = await Classify(["=1+2.png", "--format", "csv"]);

        Assert.StartsWith("\"'=1+2.png\",", outcome.Lines[1]);
    }

    [Fact]
    public async Task Csv_has_a_row_a_file_in_the_order_named()
    {
        File.WriteAllText(_temp.File("broken, \"quoted\".png"), "no scan");

        var outcome = await Classify(
            ["scans/z-synthetic-blue.png", "broken, \"quoted\".png", "scans/a-red.png", "--format", "csv"]);

        Assert.Equal(ExitCode.SomeUnreadable, outcome.ExitCode);
        Assert.StartsWith("path,label,tumour,modality,ct_healthy,ct_tumor,mri_glioma,mri_healthy,mri_meningioma,"
            + "mri_pituitary,mri_tumor,error,verdict,type,set,accepted,reason\n", outcome.Output);
        using var csv = new CsvReader(new StringReader(outcome.Output), CultureInfo.InvariantCulture);
        var rows = csv.GetRecords<dynamic>().Cast<IDictionary<string, object>>().ToList();
        Assert.Equal(["scans/z-synthetic-blue.png", "broken, \"quoted\".png", "scans/a-red.png"],
            rows.Select(row => row["path"]));
        Assert.Equal(["mri_glioma", "", "ct_tumor"], rows.Select(row => row["label"]));
        Assert.Equal(["mri", "", "ct"], rows.Select(row => row["modality"]));
        Assert.Contains("broken", (string)rows[1]["error"]);
    }

    [Fact]
    public async Task Heat_maps_lie_in_the_folder_and_each_answer_names_its_own()
    {
        Directory.CreateDirectory(_temp.File("other"));
        File.Copy(_temp.File("scans/a-red.png"), _temp.File("other/a-red.png"));

        var outcome = await Classify(
            ["scans/a-red.png", "other/../other/a-red.png", "missing.png", "--heatmap", "maps", "--format", "json"]);

        Assert.Equal(ExitCode.SomeUnreadable, outcome.ExitCode);
        Assert.DoesNotContain("heatmap", outcome.Lines[2]);
        string[] maps = [.. outcome.Lines.Take(2).Select(
            line => JsonDocument.Parse(line).RootElement.GetProperty("heatmap").GetString()!)];
        Assert.All(maps, map => Assert.StartsWith("maps/a-red-", map));
        Assert.Equal(
            maps.Order(), Directory.GetFiles(_temp.File("maps")).Select(path => "maps/" + Path.GetFileName(path)).Order());
    }

    [Theory]
    [InlineData("--heatmap-method goes with --heatmap DIR", "--heatmap-method", "cam")]
    [InlineData("--heatmap-label goes with --heatmap DIR", "--heatmap-label", "mri_glioma")]
    [InlineData("The model's labels are ct_healthy, ct_tumor, ", "--heatmap", "maps", "--heatmap-label", "glioma")]
    [InlineData("The model's labels are ct_healthy, ct_tumor, ", "--heatmap", "maps", "--heatmap-label", "glioma", "--out", "a.jsonl")]
    [InlineData("it must be cam or occlusion", "--heatmap", "maps", "--heatmap-method", "1")]
    public async Task A_heat_map_that_cannot_be_is_refused(string reason, params string[] options)
    {
        var outcome = await Classify(["scans/a-red.png", .. options]);

        Assert.Equal(ExitCode.UserError, outcome.ExitCode);
        Assert.Contains(reason, outcome.Error);
        Assert.False(File.Exists(_temp.File("a.jsonl")));
    }

    [Fact]
    public async Task Heatmap_of_a_label_stands_in_the_answer_and_in_what_made_it()
    {
        string[] scan = ["scans/a-red.png", "--heatmap", "maps", "--heatmap-label", "mri_glioma", "--out", "answers.jsonl"];

        var outcome = await Classify(scan);
        var usual = await Classify(["scans/a-red.png", "--heatmap", "maps", "--format", "json"]);
        var other = await Classify([.. scan[..4], "ct_tumor", .. scan[5..], "--resume"]);

        Assert.Equal(ExitCode.Success, outcome.ExitCode);
        var answer = JsonDocument.Parse(File.ReadAllText(_temp.File("answers.jsonl"))).RootElement;
        Assert.Equal("mri_glioma", answer.GetProperty("heatmapLabel").GetString());
        Assert.StartsWith("maps/a-red-mri_glioma-", answer.GetProperty("heatmap").GetString(), StringComparison.Ordinal);
        Assert.Contains("heat maps cam of mri_glioma", answer.GetProperty("made_by").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("heatmapLabel", usual.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.UserError, other.ExitCode);
        Assert.Contains("heat maps cam of ct_tumor", other.Error, StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFiles(_temp.File("maps")).Length);
    }

    [Fact]
    public async Task Table_says_what_was_seen_and_what_it_is_not()
    {
        var outcome = await Classify(["scans/a-red.png", "scans/z-synthetic-blue.png"]);

        Assert.Equal(ExitCode.Success, outcome.ExitCode);
        Assert.Matches(@"^verdict +tumour +modality +label +file$", outcome.Lines[0]);
        Assert.Matches(@"^tumour +\d+\.\d % +CT +ct_tumor +scans/a-red\.png$", outcome.Lines[1]);
        Assert.Matches(@"^tumour +\d+\.\d % +MRI +mri_glioma +scans/z-synthetic-blue\.png  \(synthetic image\)$",
            outcome.Lines[2]);
        Assert.DoesNotContain('\e', outcome.Output);
        Assert.Contains("Research software, not a medical device.", outcome.Error);
        Assert.Contains("another finding that is no tumour can be called a tumour, or be passed over.", outcome.Error);
        Assert.StartsWith("no tumour ", (await Classify(["scans/deep/b-green.jpg"])).Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_is_walked_for_images_by_name()
    {
        var outcome = await Classify(["scans", "--format", "json"]);

        Assert.Equal(ExitCode.Success, outcome.ExitCode);
        Assert.Equal(["scans/a-red.png", "scans/deep/b-green.jpg", "scans/z-synthetic-blue.png"], Paths(outcome));
    }

    [Fact]
    public async Task A_pattern_that_the_shell_left_alone_is_expanded()
    {
        var outcome = await Classify(["scans/**/*.jpg", "scans/*.png", "--format", "json"]);

        Assert.Equal(ExitCode.Success, outcome.ExitCode);
        Assert.Equal(["scans/deep/b-green.jpg", "scans/a-red.png", "scans/z-synthetic-blue.png"], Paths(outcome));
    }

    [Theory]
    [InlineData("scans/z-synthetic-blue.png\nscans/a-red.png\n")]
    [InlineData("scans/z-synthetic-blue.png\r\n\r\nscans/a-red.png")]
    [InlineData("scans/z-synthetic-blue.png\0scans/a-red.png\0")]
    public async Task Paths_are_read_from_standard_input(string input)
    {
        var outcome = await Classify(["-", "--format", "json"], input);

        Assert.Equal(ExitCode.Success, outcome.ExitCode);
        Assert.Equal(["scans/z-synthetic-blue.png", "scans/a-red.png"], Paths(outcome));
    }

    [Fact]
    public async Task A_file_named_without_an_images_extension_is_tried()
    {
        File.Copy(_temp.File("scans/a-red.png"), _temp.File("IM0001"));

        var outcome = await Classify(["IM0001", "scans/notes.txt", "--format", "json"]);

        Assert.Equal(ExitCode.SomeUnreadable, outcome.ExitCode);
        Assert.Contains("ct_tumor", outcome.Lines[0]);
        Assert.Contains("error", outcome.Lines[1]);
    }

    [Theory]
    [InlineData("empty")]
    [InlineData("empty/*.png")]
    public async Task A_folder_or_pattern_without_images_is_reported_and_the_rest_is_done(string nothing)
    {
        Directory.CreateDirectory(_temp.File("empty"));

        var outcome = await Classify([nothing, "scans/a-red.png", "--format", "json"]);

        Assert.Equal(ExitCode.SomeUnreadable, outcome.ExitCode);
        Assert.Equal(["scans/a-red.png"], Paths(outcome));
        Assert.Contains($"gyrus: {nothing}: there is no image here", outcome.Error);
    }

    [Fact]
    public async Task An_answer_comes_before_the_next_path_is_known()
    {
        using var process = GyrusProcess.Start(["classify", "-", "--model", "model", "--format", "json"], _temp.Path);
        try
        {
            foreach (var path in (string[])["scans/a-red.png", "scans/z-synthetic-blue.png"])
            {
                await process.StandardInput.WriteLineAsync(path.AsMemory(), Cancel);
                await process.StandardInput.FlushAsync(Cancel);
                Assert.Contains(path, await process.StandardOutput.ReadLineAsync(Cancel));
            }
            process.StandardInput.Close();
            await process.WaitForExitAsync(Cancel);
            Assert.Equal(ExitCode.Success, process.ExitCode);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    [Fact]
    public async Task The_program_ends_quietly_when_nobody_reads_on()
    {
        using var process = GyrusProcess.Start(
            ["classify", "--model", "model", "--format", "json", .. Enumerable.Repeat("scans/a-red.png", 5000)],
            _temp.Path);
        try
        {
            await process.StandardOutput.ReadLineAsync(Cancel);
            process.StandardOutput.Close();
            var error = await process.StandardError.ReadToEndAsync(Cancel);
            await process.WaitForExitAsync(Cancel);

            Assert.Equal("", error);
            Assert.Equal(ExitCode.Success, process.ExitCode);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    [Fact]
    public async Task A_model_that_is_not_there_is_a_users_error()
    {
        var outcome = await GyrusProcess.Run(
            ["classify", "scans", "--model", "nowhere"], Cancel, _temp.Path);

        Assert.Equal(ExitCode.UserError, outcome.ExitCode);
        Assert.Equal("", outcome.Output);
        Assert.StartsWith("gyrus: nowhere: there is no such folder.", outcome.Error);
    }

    [Fact]
    public async Task Control_characters_in_a_name_do_not_reach_the_terminal()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such names");
        File.Copy(_temp.File("scans/a-red.png"), _temp.File("\e[2J.png"));

        var outcome = await Classify(["\e[2J.png"]);

        Assert.EndsWith("?[2J.png", outcome.Lines[1]);
    }

    public void Dispose() => _temp.Dispose();

    private Task<Outcome> Classify(IEnumerable<string> arguments, string? input = null) =>
        GyrusProcess.Run(["classify", "--model", "model", .. arguments], Cancel, _temp.Path, input);

    private static IEnumerable<string> Paths(Outcome outcome) => outcome.Lines.Select(line =>
    {
        using var json = JsonDocument.Parse(line);
        return json.RootElement.GetProperty("path").GetString()!;
    });

    [GeneratedRegex("""
        ^\{"path":"[^"]+","label":"[a-z_]+","probabilities":\{"ct_healthy":\d\.\d{6},"ct_tumor":\d\.\d{6},"mri_glioma":\d\.\d{6},"mri_healthy":\d\.\d{6},"mri_meningioma":\d\.\d{6},"mri_pituitary":\d\.\d{6},"mri_tumor":\d\.\d{6}\},"tumour":\d\.\d{6},"modality":"(ct|mri)","threshold":\d\.\d{6},"verdict":"(tumour|healthy)","type":(null|"mri_[a-z]+"),"set":(null|\[("[a-z_]+"(,"[a-z_]+")*)?\]),"accepted":(true|false),"reason":(null|"[^"]*"),"worth":(null|"[^"]*")\}$
        """)]
    private static partial Regex JsonLine();
}
