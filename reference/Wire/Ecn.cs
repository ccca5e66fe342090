namespace Pmip.Wire;

/// <summary>The last two bits of the traffic class, RFC 3168, Section 5.</summary>
public enum Ecn : byte
{
    NotEct = 0,
    Ect1 = 1,
    Ect0 = 2,
    Ce = 3,
}
