using Conformance.Testing.Session;

namespace Conformance.Testing.Drivers;

/// <summary>
/// What surrounds a scenario. A negative one stands between two bookends: an exchange with a mobile node of its
/// own that must work before, or there is nothing to test, and after, or the implementation did not survive.
/// The postamble ends what the scenario began.
/// </summary>
public sealed class Bookends(TestSession session, LmaSignaling lma, MagSignaling mag, EndToEnd endToEnd)
{
    private bool IsNegative => session.Scenario.Kind is "BI" or "BO";

    /// <exception cref="StepFailedException">The implementation under test does not work in the first place.</exception>
    public void Begin()
    {
        if (IsNegative && Sentinel("MN-before") is { } problem)
        {
            throw new StepFailedException($"a valid exchange before the scenario fails: {problem}");
        }
    }

    /// <summary>Ends what the scenario began. The bookend is judged only if the scenario got to its end.</summary>
    public void End()
    {
        try
        {
            if (IsNegative && session.Phase == Phase.Body)
            {
                if (Sentinel("MN-after") is { } problem)
                {
                    throw new ImplementationFailedException($"after the scenario other mobile nodes are not served any more: {problem}");
                }
            }
        }
        finally
        {
            session.Phase = Phase.Postamble;
            CleanUp();
        }
    }

    private string? Sentinel(string name)
    {
        try
        {
            return session.Scenario.Role switch
            {
                "LMA" => lma.Sentinel(name),
                "MAG" => mag.Sentinel(name),
                _ => null,
            };
        }
        catch (StepFailedException e)
        {
            return e.Message;
        }
    }

    private void CleanUp()
    {
        switch (session.Scenario.Role)
        {
            case "LMA":
                lma.CleanUp();
                break;
            case "MAG":
                mag.CleanUp();
                break;
            default:
                endToEnd.CleanUp();
                break;
        }
    }
}
