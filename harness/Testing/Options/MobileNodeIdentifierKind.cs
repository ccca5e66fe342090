using Conformance.Testing.Octets;
using Conformance.Testing.Octets.Fields;
using Conformance.Testing.Octets.Words;
using Pmip.Wire;

namespace Conformance.Testing.Options;

/// <summary>RFC 4283, Section 3. Words: an identifier, the name of a mobile node, <c>its own</c>; received: <c>zero-length</c>.</summary>
public sealed class MobileNodeIdentifierKind() : MobilityOptionKind("Mobile Node Identifier", Type, ("Subtype", 8), ("Identifier", 0))
{
    public const int Type = 8;

    private const int NaiSubtype = 1;

    public override IEnumerable<MobilityOption> Build(string words, OptionContext context)
    {
        if (words is not ['M', 'N', _, ..])
        {
            return [MobileNodeIdentifierOption.ForNai(words == "its own" ? context.Node.Identity.Identifier : words)];
        }

        var other = context.Session.Nodes.Named(words);
        context.Session.Nodes.Bind(other);
        return [MobileNodeIdentifierOption.ForNai(other.Identity.Identifier)];
    }

    public override string Text(OptionOctets option) => option.Length == 1 ? "zero-length" : option.Identifier;

    /// <summary>The octets of the request, which need not be valid UTF-8.</summary>
    public override MobilityOption? Echo(OptionOctets asked, OptionContext context) =>
        asked.Length == 0 ? null : new MobileNodeIdentifierOption(asked.Data.Span[0], new OctetString(asked.Data.Span[1..]));

    public override string Value(OptionOctets option) =>
        string.Join(
            ", ",
            (option.Data.Span[0] == NaiSubtype ? [] : (string[])[$"subtype {option.Data.Span[0]}"]).Append(
                FieldReader.Printable(option.Data.Span[1..])
            )
        );

    public override string Words(OptionOctets option, INodeNames names) =>
        names.NameOfIdentifier(option.Identifier) ?? (option.Length > 1 ? FieldReader.Printable(option.Data.Span[1..]) : "empty MN-Id");
}
