using System.Diagnostics;
using System.Globalization;
using Gyrus.Bench.Classify;
using Gyrus.Dicom.Parsing;
using Gyrus.Dicom.Writing;
using Gyrus.Imaging.Decoding;
using Gyrus.Inference;
using Gyrus.Inference.Studies;
using Gyrus.Models;

namespace Gyrus.Bench.Dicom;

/// <summary><c>study [--model DIR] [--slices N]</c>: a series of 200 slices of 512 x 512 pixels of 16 bits, from a folder to the study's answer, against ONNX Runtime's own time for as
/// many tensors that are ready; turn by turn. And the memory that 2,000 slices take beside 200.</summary>
internal static class StudyBenchmark
{
    private const int Rounds = 5, Side = 512, Spacing = 1;

    /// <summary>Runs it.</summary>
    public static int Run(string[] args)
    {
        string? Option(string name) => Array.IndexOf(args, name) is var at and >= 0 ? args[at + 1] : null;
        int count = int.Parse(Option("--slices") ?? "200", CultureInfo.InvariantCulture);
        using var made = new MadeUpInputs();
        var package = ModelPackage.Load(Option("--model") ?? made.Model());
        var folder = Directory.CreateTempSubdirectory("gyrus-bench-study-");
        try
        {
            for (int i = 0; i < 10 * count; i++) File.WriteAllBytes(Path.Combine(folder.FullName, string.Create(CultureInfo.InvariantCulture, $"{i}.dcm")), Slice(i));
            string[] all = Directory.GetFiles(folder.FullName), few = [.. Enumerable.Range(0, count).Select(i => Path.Combine(folder.FullName, string.Create(CultureInfo.InvariantCulture, $"{i}.dcm")))];
            List<double> ratios = [];
            for (int round = 0; round < Rounds; round++)
            {
                double raw = RawRuntime.Ways().Select(way => RawRuntime.Time(package, way.Threads, way.Callers, way.Batch, count)).Max(turn => turn.Rate);
                double ours = Study(package, few);
                ratios.Add(ours / (count / raw));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} slices to the answer {ours:0.00} s, the network alone {count / raw:0.00} s: {ratios[^1]:0.00} times as long"));
            }
            double[] sorted = [.. ratios.Order()];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"median {sorted[Rounds / 2]:0.00}, {sorted[0]:0.00} to {sorted[^1]:0.00}"));
            Memory(package, few);
            Memory(package, all);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
        return 0;
    }

    private static double Study(ModelPackage package, string[] files)
    {
        using var classifier = ScanClassifier.Open(package.Folder);
        var clock = Stopwatch.StartNew();
        var series = StudyFiles.Read(files, new SliceReader(), null, CancellationToken.None).Series;
        var study = StudyClassifier.Classify(classifier, series, null, null, CancellationToken.None).Single();
        double seconds = clock.Elapsed.TotalSeconds;
        if (study.Series.Single().Slices.Count != files.Length) throw new InvalidOperationException("not all slices were answered");
        return seconds;
    }

    private static void Memory(ModelPackage package, string[] files)
    {
        GC.Collect();
        long most = 0;
        using var stop = new CancellationTokenSource();
        var watch = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                most = Math.Max(most, Environment.WorkingSet);
                await Task.Delay(20);
            }
        });
        Study(package, files);
        stop.Cancel();
        watch.Wait();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{files.Length} slices: at most {most >> 20} MiB of memory"));
    }

    /// <summary>An ellipse of tissue in air with the noise of a detector.</summary>
    private static byte[] Slice(int number)
    {
        var random = new Random(number);
        var pixels = new byte[2 * Side * Side];
        for (int y = 0, i = 0; y < Side; y++)
        {
            for (int x = 0; x < Side; x++, i += 2)
            {
                double across = (x - 256) / 190.0, down = (y - 256) / 225.0, radius = (across * across) + (down * down);
                int value = (radius > 1 ? 10 : radius > 0.85 ? 1500 : 700 + (int)(200 * Math.Sin(x * 0.05) * Math.Sin(y * 0.04))) + random.Next(40);
                (pixels[i], pixels[i + 1]) = ((byte)value, (byte)(value >> 8));
            }
        }
        return DicomWriter.File(
            new DatasetBuilder()
                .Text(DicomTags.ImageType, "ORIGINAL", "PRIMARY").Text(DicomTags.SopClassUid, "1.2.840.10008.5.1.4.1.1.4").Text(DicomTags.SopInstanceUid, $"1.2.3.{number + 1}")
                .Text(DicomTags.Modality, "MR").Text(DicomTags.StudyInstanceUid, "1.2").Text(DicomTags.SeriesInstanceUid, "1.2.3").Number(DicomTags.InstanceNumber, number + 1)
                .Number(DicomTags.ImagePositionPatient, 0, 0, Spacing * number).Number(DicomTags.ImageOrientationPatient, 1, 0, 0, 0, 1, 0)
                .Number(DicomTags.SamplesPerPixel, 1).Text(DicomTags.PhotometricInterpretation, "MONOCHROME2").Number(DicomTags.Rows, Side).Number(DicomTags.Columns, Side)
                .Number(DicomTags.PixelSpacing, 0.5, 0.5).Number(DicomTags.BitsAllocated, 16).Number(DicomTags.BitsStored, 12).Number(DicomTags.HighBit, 11)
                .Number(DicomTags.PixelRepresentation, 0).Bytes(DicomTags.PixelData, "OW", pixels)
                .Build(),
            TransferSyntax.ExplicitLittleEndian);
    }
}
