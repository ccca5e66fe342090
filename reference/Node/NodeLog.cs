using Pmip.Linux;

namespace Pmip.Node;

/// <summary>The log of a node on standard error, one line per entry.</summary>
internal sealed class NodeLog(string node)
{
    /// <param name="rule">A short PascalCase name.</param>
    public void Write(string rule, string text) => StandardStreams.WriteError($"{node}: {rule}: {text}");
}
