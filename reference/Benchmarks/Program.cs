using BenchmarkDotNet.Running;
using Pmip.Benchmarks;
using Pmip.Benchmarks.DataPath;

if (args is [CodecBenchmark.Command, .. var onCodec])
{
    return CodecBenchmark.Run(onCodec);
}
if (args is [DataPathBenchmark.Command, .. var arguments])
{
    return DataPathBenchmark.Run(arguments);
}
if (args is [NodeStartBenchmark.Command, .. var rest])
{
    return NodeStartBenchmark.Run(rest);
}
if (args is [FramePortsBenchmark.Command, .. var about])
{
    return FramePortsBenchmark.Run(about);
}
if (args is [SessionsBenchmark.Command, .. var further])
{
    return SessionsBenchmark.Run(further);
}
if (args is [AnchorBenchmark.Command, .. var options])
{
    return AnchorBenchmark.Run(options);
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
