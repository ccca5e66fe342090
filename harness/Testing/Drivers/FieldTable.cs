using Conformance.Testing.Checks;
using Conformance.Testing.Session;
using Conformance.Testing.Tester;

namespace Conformance.Testing.Drivers;

/// <summary>Judges every row of a table before the step ends, so that one wrong field does not hide another wrong field.</summary>
internal static class FieldTable
{
    public static void Require(
        TestSession session,
        FieldExpectation fields,
        IEnumerable<(string Field, string Expected)> rows,
        Packet packet
    )
    {
        var wrong = new List<string>();
        var decided = false;
        foreach (var (field, expected) in rows)
        {
            var judgement = fields.Judge(field, expected);
            var octet = judgement.Octet is { } offset && packet.Mobility is { } message ? message.Offset + offset : (int?)null;
            decided |= session.Judge([judgement.Observation], judgement.Ok, judgement.Expected, judgement.Actual, packet.Frame, octet);
            if (!judgement.Ok)
            {
                wrong.Add($"expected {judgement.Expected}; {judgement.Actual}");
            }
        }

        if (wrong.Count > 0)
        {
            throw new StepFailedException(string.Join(". ", wrong), decided);
        }
    }
}
