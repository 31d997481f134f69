using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Gyrus.Testing;

/// <summary>An Orthanc of a test's own, with DICOMweb, on a free port, which knows one user. Tests skip where Orthanc is not installed.</summary>
public sealed class OrthancServer : IDisposable
{
    public const string User = "gyrus", Password = "secret";

    private static readonly string[] Programs = ["/usr/sbin/Orthanc", "/usr/local/sbin/Orthanc", "/usr/bin/Orthanc"];
    private static readonly string[] Plugins = ["/usr/share/orthanc/plugins/libOrthancDicomWeb.so", "/usr/local/share/orthanc/plugins/libOrthancDicomWeb.so"];

    private readonly TempFolder _folder = new();
    private readonly HttpClient _http;
    private readonly string _program;
    private Process? _process;

    private OrthancServer(string program, string plugin, string? lua, Uri? server)
    {
        _program = program;
        Port = FreePort();
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{Port}/") };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}")));
        File.WriteAllText(_folder.File("orthanc.json"), JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["StorageDirectory"] = _folder.File("db"),
            ["IndexDirectory"] = _folder.File("db"),
            ["HttpPort"] = Port,
            ["DicomServerEnabled"] = false,
            ["RemoteAccessAllowed"] = false,
            ["AuthenticationEnabled"] = true,
            ["RegisteredUsers"] = new Dictionary<string, string> { [User] = Password },
            ["StableAge"] = 1,
            ["Plugins"] = new[] { plugin },
            ["LuaScripts"] = lua is null ? [] : new[] { lua },
            ["DicomWeb"] = new Dictionary<string, object>
            {
                ["Enable"] = true,
                ["Root"] = "/dicom-web/",
                ["Servers"] = server is null ? [] : new Dictionary<string, string[]> { ["gyrus"] = [server.ToString()] },
            },
        }));
    }

    /// <summary>The port that it listens at.</summary>
    public int Port { get; }

    /// <summary>Its archive, as the command line names it.</summary>
    public string Archive => string.Create(CultureInfo.InvariantCulture, $"dicomweb:http://127.0.0.1:{Port}/dicom-web");

    /// <summary>Starts one, or skips the test.</summary>
    /// <param name="lua">A script that it runs; none where null.</param>
    /// <param name="server">A DICOMweb server that it knows as gyrus; none where null.</param>
    public static async Task<OrthancServer> Start(string? lua = null, Uri? server = null)
    {
        var (program, plugin) = (Array.Find(Programs, File.Exists), Array.Find(Plugins, File.Exists));
        Assert.SkipWhen(program is null || plugin is null, "Orthanc with its DICOMweb plugin is not here");
        var started = new OrthancServer(program!, plugin!, lua, server);
        await started.Restart();
        return started;
    }

    /// <summary>Starts it again, with what it has stored.</summary>
    public async Task Restart()
    {
        _process = Process.Start(new ProcessStartInfo(_program, [_folder.File("orthanc.json")]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        for (int tries = 0; ; tries++)
        {
            try
            {
                (await _http.GetAsync("system", TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
                return;
            }
            catch (HttpRequestException) when (tries < 300 && !_process.HasExited)
            {
                await Task.Delay(100, TestContext.Current.CancellationToken);
            }
        }
    }

    /// <summary>Kills it.</summary>
    public void Kill()
    {
        _process?.Kill();
        _process?.WaitForExit();
    }

    /// <summary>Puts an object in.</summary>
    public async Task Upload(byte[] file) =>
        (await _http.PostAsync("instances", new ByteArrayContent(file), TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();

    /// <summary>How many of something it has.</summary>
    /// <param name="what"><c>CountInstances</c>, <c>CountSeries</c> or <c>CountStudies</c>.</param>
    public async Task<int> Count(string what)
    {
        using var json = JsonDocument.Parse(await _http.GetStringAsync("statistics", TestContext.Current.CancellationToken));
        return json.RootElement.GetProperty(what).GetInt32();
    }

    /// <summary>The modalities of its series.</summary>
    public async Task<IReadOnlyList<string>> Modalities()
    {
        using var json = JsonDocument.Parse(await _http.GetStringAsync("series?expand", TestContext.Current.CancellationToken));
        return [.. json.RootElement.EnumerateArray().Select(series => series.GetProperty("MainDicomTags").GetProperty("Modality").GetString()!).Order(StringComparer.Ordinal)];
    }

    public void Dispose()
    {
        Kill();
        _process?.Dispose();
        _http.Dispose();
        _folder.Dispose();
    }

    /// <summary>A port that nobody listens at.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
