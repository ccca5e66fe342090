using Conformance.Testing.Session;

namespace Conformance.Testing.Edits;

/// <summary>
/// A reference to an option of a message: <c>option[Home Network Prefix]</c> is the first option of that name,
/// <c>option[Home Network Prefix #2]</c> the second.
/// </summary>
/// <param name="Number">The position among the options of that name, from 1.</param>
public sealed record OptionReference(string Name, int Number)
{
    public override string ToString() => Number == 1 ? Name : $"{Name} #{Number}";
}

/// <summary>One change to an otherwise valid message, in the words of a scenario.</summary>
/// <param name="Text">The words of the change, for error messages.</param>
public abstract record Edit(string Text)
{
    /// <summary>The options that the message must have, so that the change can be made to its octets.</summary>
    public virtual IReadOnlyList<OptionReference> References => [];

    /// <summary><c>no Handoff Indicator</c>: no option of that name.</summary>
    public sealed record Absent(string Text, string Option) : Edit(Text);

    /// <summary><c>two Handoff Indicator</c>: a copy of the option stands at the end.</summary>
    public sealed record Twice(string Text, string Option) : Edit(Text);

    /// <summary>
    /// <c>Handoff Indicator = 3</c>, <c>Lifetime = 40 s</c>, <c>Header Len = 3</c>, <c>octet 12 = 0xff</c>: an option or a field of
    /// the message. <c>Destination Options = 01 04 00000000</c>: a Destination Options header with these options before the message.
    /// <c>protection = none</c>: how ESP protects the message, see <see cref="Protection.EspForm"/>.
    /// <c>source port = 49152</c>: how a message goes over IPv4, see <see cref="UdpTransport"/>.
    /// </summary>
    public sealed record Set(string Text, string Field, string Value) : Edit(Text);

    /// <summary><c>len(Handoff Indicator) = 3</c>: the Length octet of every option of that name has a wrong value.</summary>
    public sealed record Length(string Text, string Option, string Value) : Edit(Text);

    /// <summary><c>drop option[Timestamp]</c>.</summary>
    public sealed record Drop(string Text, OptionReference Option) : Edit(Text)
    {
        public override IReadOnlyList<OptionReference> References => [Option];
    }

    /// <summary><c>duplicate option[Timestamp]</c>: the copy directly follows the option.</summary>
    public sealed record Duplicate(string Text, OptionReference Option) : Edit(Text)
    {
        public override IReadOnlyList<OptionReference> References => [Option];
    }

    /// <summary><c>swap option[Timestamp] with option[Handoff Indicator]</c>.</summary>
    public sealed record Swap(string Text, OptionReference Option, OptionReference Other) : Edit(Text)
    {
        public override IReadOnlyList<OptionReference> References => [Option, Other];
    }

    /// <summary><c>misalign option[Timestamp] by 2</c>: the option starts this number of octets after its aligned position.</summary>
    public sealed record Misalign(string Text, OptionReference Option, int Octets) : Edit(Text)
    {
        public override IReadOnlyList<OptionReference> References => [Option];
    }

    /// <summary><c>pad behind Timestamp</c>: 8 octets of padding directly follow the option.</summary>
    public sealed record Pad(string Text, OptionReference Option) : Edit(Text)
    {
        public override IReadOnlyList<OptionReference> References => [Option];
    }

    /// <summary><c>option[Timestamp].Length = 3</c>, <c>option[Timestamp].octet 2 = 0xff</c>.</summary>
    public sealed record SetInOption(string Text, OptionReference Option, string Field, string Value) : Edit(Text)
    {
        public override IReadOnlyList<OptionReference> References => [Option];
    }

    /// <summary><c>truncate 10</c>: the first 10 octets remain.</summary>
    public sealed record Truncate(string Text, int Octets) : Edit(Text);

    /// <summary><c>cut 8</c>: the last 8 octets are left out, and Header Len says so.</summary>
    public sealed record Cut(string Text, int Octets) : Edit(Text);

    /// <summary>The error about this change.</summary>
    internal ScenarioFaultException Fault(string why) => new($"'{Text}': {why}.");
}
