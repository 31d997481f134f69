using System.Collections.Concurrent;
using System.Diagnostics;
using Gyrus.Server.Database;
using Gyrus.Server.Keys;
using Gyrus.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Xunit;

namespace Gyrus.Server.Tests.Keys;

/// <summary>What a key costs each request.</summary>
public sealed class KeyQueriesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_request_with_a_key_asks_the_database_once()
    {
        var key = KeyStore.Open(new DatabaseOptions(_folder.File("data")), TimeProvider.System).Add("radiology", 600);
        await using var service = await RunningService.Start(_folder);
        service.Client.DefaultRequestHeaders.Add("x-api-key", key);
        await service.Get("/v1/model");
        using var commands = new Commands(_folder.Path);

        Assert.Equal(200, (int)(await service.Get("/v1/model")).StatusCode);

        Assert.Contains("FROM \"keys\"", Assert.Single(commands.All), StringComparison.Ordinal);
    }

    /// <summary>Listens to what is asked of the databases in a folder.</summary>
    private sealed class Commands : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
    {
        private readonly string _folder;
        private readonly ConcurrentBag<IDisposable> _subscriptions = [];

        public Commands(string folder)
        {
            _folder = folder;
            _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
        }

        public ConcurrentQueue<string> All { get; } = [];

        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == DbLoggerCategory.Name) _subscriptions.Add(value.Subscribe(this));
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value.Value is CommandExecutedEventData data && data.Command.Connection!.DataSource.StartsWith(_folder, StringComparison.Ordinal))
                All.Enqueue(data.Command.CommandText);
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }

        public void Dispose()
        {
            foreach (var subscription in _subscriptions) subscription.Dispose();
        }
    }
}
