namespace Conformance.Testing.Octets;

/// <summary>A field of a message or an option by its place.</summary>
/// <param name="Name">As in the figure of the specification.</param>
/// <param name="Bit">The first bit, from the start of the message or of the option's type.</param>
/// <param name="Width">In bits; zero for a field that reaches to the end of the option.</param>
public sealed record OctetField(string Name, int Bit, int Width);
