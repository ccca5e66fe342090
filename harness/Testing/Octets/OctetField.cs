namespace Conformance.Testing.Octets;

/// <summary>The name and the position of a field in a message or an option.</summary>
/// <param name="Name">The name, as in the figure of the specification.</param>
/// <param name="Bit">The first bit, counted from the start of the message or of the option's type.</param>
/// <param name="Width">The width in bits; zero for a field that extends to the end of the option.</param>
public sealed record OctetField(string Name, int Bit, int Width);
