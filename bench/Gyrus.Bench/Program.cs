using BenchmarkDotNet.Running;
using Gyrus.Bench.Classify;

if (args is ["classify", ..]) return ClassifyBenchmark.Run(args[1..]);
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
