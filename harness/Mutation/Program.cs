using Conformance.Mutation;
using Conformance.Mutation.Worker;

if (args is [MutantWorker.Argument])
{
    using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
    MutantWorker.Run(Console.In, output);
    return 0;
}

return MutationCommand.Run(args, Console.Out, Console.Error);
