using System.IO.Compression;
using System.Text;
using Gyrus.Data.Downloads;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Data.Tests.Downloads;

public sealed class DatasetFetchTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly HttpClient _client = new();

    [Fact]
    public async Task Fetch_downloads_the_zip_once()
    {
        var zip = Zip();
        using var server = new LocalServer(request => LocalAnswer.File(request, zip));

        var first = await Fetch(server);
        var second = await Fetch(server);

        Assert.Equal(_folder.File("brain-tumor-multimodal.zip"), first);
        Assert.Equal(first, second);
        Assert.Equal(zip, File.ReadAllBytes(first));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Fetch_of_a_login_page_keeps_nothing()
    {
        var page = Encoding.UTF8.GetBytes("<html>Welcome to the hotel's network</html>");
        using var server = new LocalServer(request => LocalAnswer.File(request, page));

        var error = await Assert.ThrowsAsync<DownloadException>(() => Fetch(server));

        Assert.Contains("what came is not a whole zip", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Fetch_where_a_broken_zip_is_says_to_remove_it()
    {
        File.WriteAllText(_folder.File("brain-tumor-multimodal.zip"), "half");
        using var server = new LocalServer(_ => LocalAnswer.Only(404));

        var error = await Assert.ThrowsAsync<DownloadException>(() => Fetch(server));

        Assert.Contains("is not a whole zip. Remove it", error.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    private Task<string> Fetch(LocalServer server) => DatasetFetch.RunAsync(
        _client, _folder.Path, server.Address(), cancellationToken: TestContext.Current.CancellationToken);

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
