using BenchmarkDotNet.Running;
using Gyrus.Bench.Abstention;
using Gyrus.Bench.Classify;
using Gyrus.Bench.Copies;
using Gyrus.Bench.Int8;
using Gyrus.Bench.Load;
using Gyrus.Bench.Shortcuts;

if (args is ["classify", ..]) return ClassifyBenchmark.Run(args[1..]);
if (args is ["heatmaps", ..]) return HeatMapBenchmark.Run(args[1..]);
if (args is ["int8", ..]) return Int8Benchmark.Run(args[1..]);
if (args is ["abstention", ..]) return AbstentionBenchmark.Run(args[1..]);
if (args is ["copies", ..]) return CopyGrowth.Run(args[1..]);
if (args is ["shortcuts", ..]) return ShortcutBenchmark.Run(args[1..]);
if (args is ["load", ..]) return await LoadBenchmark.Run(args[1..]);
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
