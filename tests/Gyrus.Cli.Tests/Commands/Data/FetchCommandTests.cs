using System.CommandLine;
using System.IO.Compression;
using System.Text.Json;
using Gyrus.Cli.Commands.Data;
using Gyrus.Data.Downloads;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Cli.Tests.Commands.Data;

public sealed class FetchCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly LocalServer _server = new(request => LocalAnswer.File(request, Zip()));

    [Fact]
    public async Task Fetch_prints_the_path_alone_on_standard_output_and_the_next_command_beside()
    {
        var (code, output, error) = await Run("--to", _folder.File("my scans"));

        var path = _folder.File("my scans/brain-tumor-multimodal.zip");
        Assert.Equal(0, code);
        Assert.Equal(path, output.TrimEnd());
        Assert.True(File.Exists(path));
        Assert.Equal($"Next: gyrus data import \"{path}\" --out dataset.csv", error.TrimEnd());
    }

    [Fact]
    public async Task Fetch_as_json_is_one_object()
    {
        var (code, output, error) = await Run("--to", _folder.Path, "--format", "json");

        Assert.Equal(0, code);
        Assert.Equal("", error);
        var path = _folder.File("brain-tumor-multimodal.zip");
        using var json = JsonDocument.Parse(output);
        Assert.Equal(path, json.RootElement.GetProperty("path").GetString());
        Assert.Equal($"gyrus data import {path} --out dataset.csv", json.RootElement.GetProperty("next").GetString());
    }

    [Fact]
    public async Task Fetch_without_a_server_is_an_error_that_a_user_can_mend()
    {
        _server.Dispose();

        var error = await Assert.ThrowsAsync<DownloadException>(() => Run("--to", _folder.Path));

        Assert.Equal(DownloadProblem.NoNetwork, error.Problem);
    }

    [Fact]
    public async Task Fetch_help_shows_an_example()
    {
        var (code, output, _) = await Run("--help");

        Assert.Equal(0, code);
        Assert.Contains("gyrus data fetch --to /data/scans", output, StringComparison.Ordinal);
        Assert.Contains("--to <DIR>", output, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    private async Task<(int Code, string Output, string Error)> Run(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var root = new RootCommand { FetchCommand.Create(_server.Address()) };
        int code = await root.Parse(["fetch", .. args]).InvokeAsync(
            new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false },
            TestContext.Current.CancellationToken);
        return (code, output.ToString(), error.ToString());
    }

    private static byte[] Zip()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("Dataset/a.txt").Open();
            entry.Write("a"u8);
        }
        return bytes.ToArray();
    }
}
