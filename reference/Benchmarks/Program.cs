using BenchmarkDotNet.Running;
using Pmip.Benchmarks.DataPath;

if (args is [DataPathBenchmark.Command, .. var arguments]) return DataPathBenchmark.Run(arguments);

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
