using Conformance.Testing.Bed;
using Conformance.Testing.Checks;
using Conformance.Testing.Session;

namespace Conformance.Testing.Drivers;

/// <summary>Judges every row of a table before the step ends, so that one wrong field does not hide another wrong field.</summary>
internal static class FieldTable
{
    /// <param name="start">The offset in the frame from which the octets of the judgements are counted.</param>
    /// <exception cref="StepFailedException">A field is not as expected.</exception>
    public static void Require(TestSession session, IEnumerable<FieldJudgement> fields, Frame frame, int start = 0)
    {
        var wrong = new List<string>();
        var decided = false;
        foreach (var field in fields)
        {
            decided |= session.Judge(field.Observation, field.Ok, field.Expected, field.Actual, frame, start + field.Octet);
            if (!field.Ok)
            {
                wrong.Add($"expected {field.Expected}; {field.Actual}");
            }
        }

        if (wrong.Count > 0)
        {
            throw new StepFailedException(string.Join(". ", wrong), decided);
        }
    }
}
