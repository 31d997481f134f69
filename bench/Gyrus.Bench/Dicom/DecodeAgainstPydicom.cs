using System.Diagnostics;
using System.Globalization;
using Gyrus.Dicom.Parsing;
using Gyrus.Dicom.Pixels;

namespace Gyrus.Bench.Dicom;

/// <summary><c>dicom-decode --python PATH FILE…</c>: the time from a file's bytes to its stored values, on one thread, against pydicom with gdcm where that has the codec (pydicom's own for RLE), which reads the same bytes in a
/// process of its own; turn by turn.</summary>
internal static class DecodeAgainstPydicom
{
    private const int Rounds = 7;

    // So that a turn takes a tenth of a second and more.
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(300);

    private const string Peer = """
        import io, sys, time
        import pydicom
        from pydicom.pixel_data_handlers import gdcm_handler, numpy_handler, rle_handler
        pydicom.config.pixel_data_handlers = [gdcm_handler, numpy_handler, rle_handler]
        data, least = open(sys.argv[1], 'rb').read(), float(sys.argv[2])
        pydicom.dcmread(io.BytesIO(data)).pixel_array
        count, start = 0, time.perf_counter()
        while time.perf_counter() - start < least:
            pydicom.dcmread(io.BytesIO(data)).pixel_array
            count += 1
        print((time.perf_counter() - start) / count * 1000)
        """;

    /// <summary>Runs it.</summary>
    public static int Run(string[] args)
    {
        int at = Array.IndexOf(args, "--python");
        var python = at < 0 ? "python3" : args[at + 1];
        Console.WriteLine("| file | transfer syntax | gyrus, ms | pydicom, ms | pydicom / gyrus, median (lowest to highest) |");
        Console.WriteLine("| --- | --- | --- | --- | --- |");
        foreach (var path in args.Where((arg, i) => at < 0 || (i != at && i != at + 1)))
        {
            var bytes = File.ReadAllBytes(path);
            var syntax = DicomFile.Parse(path, bytes).Syntax;
            Ours(path, bytes);
            List<(double Ours, double Peer)> rounds = [.. Enumerable.Range(0, Rounds).Select(_ => (Ours(path, bytes), Theirs(python, path)))];
            double[] ratios = [.. rounds.Select(round => round.Peer / round.Ours).Order()];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {Path.GetFileName(path)} | {syntax.Title} | {Median(rounds.Select(round => round.Ours)):0.00} | {Median(rounds.Select(round => round.Peer)):0.00} | {ratios[Rounds / 2]:0.00} ({ratios[0]:0.00} to {ratios[^1]:0.00}) |"));
        }
        return 0;
    }

    private static double Ours(string path, byte[] bytes)
    {
        int count = 0;
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < Turn)
        {
            var file = DicomFile.Parse(path, bytes);
            DicomPixels.Of(file).Frame(0);
            count++;
        }
        return clock.Elapsed.TotalMilliseconds / count;
    }

    private static double Theirs(string python, string path)
    {
        string[] arguments = ["-c", Peer, path, Turn.TotalSeconds.ToString(CultureInfo.InvariantCulture)];
        using var process = Process.Start(new ProcessStartInfo(python, arguments) { RedirectStandardOutput = true })!;
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return double.TryParse(said, NumberStyles.Float, CultureInfo.InvariantCulture, out double milliseconds) ? milliseconds
            : throw new InvalidOperationException($"{python} with pydicom and gdcm gave no time for {path}");
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);
}
