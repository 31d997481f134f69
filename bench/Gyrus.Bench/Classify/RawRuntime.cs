using Gyrus.Models;
using Microsoft.ML.OnnxRuntime;

namespace Gyrus.Bench.Classify;

/// <summary>ONNX Runtime by itself, on tensors that are ready.</summary>
internal static class RawRuntime
{
    /// <summary>Threads of a batch, batches side by side, images in a batch: as ONNX Runtime comes, and one batch a
    /// core.</summary>
    public static IEnumerable<(int Threads, int Callers, int Batch)> Ways()
    {
        int cores = Environment.ProcessorCount;
        return [(cores, 1, 1), (cores, 1, 8), (1, cores, 1), (1, cores, 8)];
    }

    public static Turn Time(ModelPackage package, int threads, int callers, int batch, int images)
    {
        using var options = new SessionOptions { IntraOpNumThreads = threads };
        using var session = new InferenceSession(package.OnnxPath, options);
        using var runOptions = new RunOptions();
        var outputs = package.Description.Outputs;
        int size = package.Description.Preprocessing.Size;
        int next = 0;
        void Work()
        {
            var tensor = GC.AllocateArray<float>(batch * package.Description.Preprocessing.Length, pinned: true);
            for (int i = 0; i < tensor.Length; i++) tensor[i] = (i % 255) - 127;
            int from;
            while ((from = Interlocked.Add(ref next, batch) - batch) < images)
            {
                int n = Math.Min(batch, images - from);
                using var input = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance,
                    tensor.AsMemory(0, n * package.Description.Preprocessing.Length), [n, 3, size, size]);
                using var result = session.Run(runOptions, [outputs.Input], [input], [outputs.Logits]);
            }
        }
        return Turn.Measure(images, () =>
        {
            var workers = Enumerable.Range(0, callers).Select(_ => new Thread(Work)).ToList();
            workers.ForEach(worker => worker.Start());
            workers.ForEach(worker => worker.Join());
        });
    }
}
