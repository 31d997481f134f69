using System.Net.Http.Headers;
using System.Text.Json;
using Gyrus.Server.Database;
using Gyrus.Server.Hosting;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using Microsoft.AspNetCore.Builder;
using Xunit;

namespace Gyrus.Server.Tests;

/// <summary>A service on a port of its own, with a model that calls scans by their colour, and a client for it.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    private readonly WebApplication _service;

    private RunningService(WebApplication service)
    {
        _service = service;
        Client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(service.Urls.First()) };
    }

    public HttpClient Client { get; }

    public IServiceProvider Services => _service.Services;

    /// <summary>The usual options, in a test's folder.</summary>
    public static ServiceOptions Options(TempFolder folder)
    {
        if (!Directory.Exists(folder.File("model"))) ColourModel.Write(folder.File("model"));
        return new ServiceOptions(folder.File("model"), new DatabaseOptions(folder.File("data"))) { Urls = ["http://127.0.0.1:0"] };
    }

    public static async Task<RunningService> Start(TempFolder folder, Func<ServiceOptions, ServiceOptions>? change = null, TimeProvider? time = null)
    {
        var options = Options(folder);
        var service = ScanService.Build(change is null ? options : change(options), time);
        await service.StartAsync();
        return new RunningService(service);
    }

    public Task<HttpResponseMessage> Get(string path) => Client.GetAsync(path, TestContext.Current.CancellationToken);

    public Task<HttpResponseMessage> Post(string path, HttpContent body) =>
        Client.PostAsync(path, body, TestContext.Current.CancellationToken);

    public Task<HttpResponseMessage> Ask(HttpRequestMessage request) =>
        Client.SendAsync(request, TestContext.Current.CancellationToken);

    /// <summary>Sends an image as the body.</summary>
    public Task<HttpResponseMessage> Send(byte[] image, string type = "image/png", string path = "/v1/classify")
    {
        var content = new ByteArrayContent(image);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return Post(path, content);
    }

    /// <summary>Sends images as a form.</summary>
    public Task<HttpResponseMessage> Send(params (string Name, byte[] Image)[] images)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, image) in images) form.Add(new ByteArrayContent(image), "file", name);
        return Post("/v1/classify", form);
    }

    public Task<HttpResponseMessage> SendJson(string path, string json) =>
        Post(path, new StringContent(json, MediaTypeHeaderValue.Parse("application/json")));

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _service.StopAsync();
        await _service.DisposeAsync();
    }
}

/// <summary>What tests read of answers.</summary>
internal static class Answers
{
    public static async Task<JsonElement> Json(this HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>Checks that an answer is a problem of RFC 9457, and gives its detail.</summary>
    public static async Task<string> Problem(this HttpResponseMessage response, int status)
    {
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var json = await response.Json();
        Assert.Equal(status, json.GetProperty("status").GetInt32());
        return json.TryGetProperty("detail", out var detail) ? detail.GetString()! : "";
    }
}
