using System.Diagnostics;
using System.Globalization;

namespace Gyrus.Cli.Terminal;

/// <summary>
/// Shows the progress of long work on standard error, with the time left: one line that is rewritten on a terminal,
/// a line every ten seconds in a log. Says nothing of work that takes less than two seconds.
/// </summary>
internal sealed class ProgressLine : IProgress<WorkProgress>, IDisposable
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LogEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan DrawEvery = TimeSpan.FromMilliseconds(200);

    private readonly TextWriter _error = Console.Error;
    private readonly bool _terminal = !Console.IsErrorRedirected;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Lock _lock = new();
    private TimeSpan _last;
    private string? _what;
    private long _first;
    private TimeSpan _started;
    private int _drawn;

    /// <inheritdoc/>
    public void Report(WorkProgress value)
    {
        lock (_lock)
        {
            var now = _clock.Elapsed;
            if (value.What != _what)
            {
                (_what, _first, _started) = (value.What, value.Done, now);
            }
            var every = _terminal ? DrawEvery : LogEvery;
            bool finished = value.Total > 0 && value.Done >= value.Total && _last > TimeSpan.Zero;
            if (now < Quiet || (now - _last < every && !finished)) return;
            _last = now;
            Draw(Describe(value, now - _started));
        }
    }

    /// <summary>Writes a line that stays, above the progress.</summary>
    public void WriteLine(string text)
    {
        lock (_lock)
        {
            Clear();
            _error.WriteLine(text);
        }
    }

    /// <summary>Removes the progress from the terminal.</summary>
    public void Clear()
    {
        if (_terminal && _drawn > 0) _error.Write("\r" + new string(' ', _drawn) + "\r");
        _drawn = 0;
    }

    private string Describe(WorkProgress value, TimeSpan elapsed)
    {
        var text = value.Total > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{value.What} {value.Done}/{value.Total}")
            : string.Create(CultureInfo.InvariantCulture, $"{value.What} {value.Done}");
        long done = value.Done - _first;
        if (value.Total > value.Done && done > 0)
        {
            var left = elapsed * ((double)(value.Total - value.Done) / done);
            text += string.Create(CultureInfo.InvariantCulture, $", {Duration(left)} left");
        }
        return value.Note is null ? text : text + ", " + value.Note;
    }

    private static string Duration(TimeSpan time) =>
        time.TotalHours >= 1 ? time.ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture)
            : time.ToString(@"m\:ss", CultureInfo.InvariantCulture);

    private void Draw(string text)
    {
        if (!_terminal)
        {
            _error.WriteLine(text);
            return;
        }
        _error.Write("\r" + text.PadRight(_drawn));
        _drawn = text.Length;
    }

    /// <inheritdoc/>
    public void Dispose() => Clear();
}
