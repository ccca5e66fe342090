namespace Pmip.Node.Configuration;

/// <summary>A configuration that a node cannot be started with: where, and why.</summary>
public sealed class NodeConfigurationException : Exception
{
    /// <param name="line">The first is 1; 0 if the place is not known.</param>
    /// <param name="key">Dots between the names, brackets around positions: <c>Interfaces[1].Addresses</c>. Empty for the whole file.</param>
    public NodeConfigurationException(string file, int line, string key, string reason)
        : base($"{file}{(line > 0 ? $":{line}" : "")}: {(key.Length > 0 ? $"{key}: " : "")}{reason}")
    {
        File = file;
        Line = line;
        Key = key;
        Reason = reason;
    }

    public string File { get; }

    public int Line { get; }

    public string Key { get; }

    public string Reason { get; }
}
