using Gyrus.Data.Downloads;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Data.Tests.Downloads;

/// <summary>A local server, a folder to download to and a clock that does not wait.</summary>
internal sealed class DownloadRig : IDisposable
{
    private readonly HttpClient _client = new();
    private readonly TempFolder _folder = new();
    private int _asked;

    /// <summary>Serves answers made from the request and its number, from 0.</summary>
    public DownloadRig(Func<LocalRequest, int, LocalAnswer> answer)
    {
        Server = new LocalServer(request => answer(request, _asked++));
        Options = new DownloadOptions { Delay = Wait };
    }

    public LocalServer Server { get; }

    public DownloadOptions Options { get; set; }

    public List<TimeSpan> Waits { get; } = [];

    public List<WorkProgress> Progress { get; } = [];

    public string Destination => _folder.File("set/file.zip");

    public string Part => Destination + ".part";

    /// <summary>The names that the download left in its folder, in order.</summary>
    public string[] Files => [.. Directory.GetFiles(Path.GetDirectoryName(Destination)!)
        .Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    /// <summary>Stops the download as a person does; the test's own end stops it too.</summary>
    public CancellationTokenSource Stop { get; } =
        CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    public Task Run(FileHash? hash = null, Func<string, string?>? check = null, Uri? address = null) =>
        Download.RunAsync(_client, new DownloadRequest(address ?? Server.Address(), Destination, hash, check), Options,
            new Collect(Progress), Stop.Token);

    public void Dispose()
    {
        _client.Dispose();
        Stop.Dispose();
        Server.Dispose();
        _folder.Dispose();
    }

    private Task Wait(TimeSpan delay, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Waits.Add(delay);
        return Task.CompletedTask;
    }

    private sealed class Collect(List<WorkProgress> all) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => all.Add(value);
    }
}
