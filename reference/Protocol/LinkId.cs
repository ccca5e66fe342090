namespace Pmip.Protocol;

/// <summary>The name of one link of a node, as spelled in its configuration ("core", "link1").</summary>
public readonly record struct LinkId(string Name)
{
    public override string ToString() => Name;
}
