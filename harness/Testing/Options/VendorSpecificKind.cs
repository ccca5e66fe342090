using System.Buffers.Binary;
using Conformance.Testing.Session;
using Pmip.Wire;

namespace Conformance.Testing.Options;

/// <summary>RFC 5094, Section 3. Words: the option data in hexadecimal.</summary>
public sealed class VendorSpecificKind() : MobilityOptionKind("Vendor-Specific", Type, ("Vendor ID", 32), ("Sub-Type", 8), ("Data", 0))
{
    public const int Type = 19;

    public override (int Multiple, int Offset) Alignment(int length) => (4, 2);

    public override IEnumerable<MobilityOption> Build(string words, OptionContext context) =>
        OptionWords.Octets(words) is { Length: >= 5 } octets
            ? [new VendorSpecificOption(BinaryPrimitives.ReadUInt32BigEndian(octets), octets[4], new OctetString(octets.AsSpan(5)))]
            : throw new ScenarioFaultException($"'{words}' is too short: say the octets of Vendor ID, Sub-Type and data.");
}
