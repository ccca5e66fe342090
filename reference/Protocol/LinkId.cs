namespace Pmip.Protocol;

/// <summary>The name of one link of a node, as its configuration spells it ("core", "link1").</summary>
public readonly record struct LinkId(string Name)
{
    public override string ToString() => Name;
}
