using System.ComponentModel;
using System.Diagnostics;
using Xunit;

namespace Pmip.Reference.Tests;

/// <summary>The program tshark, which tests ask for a second opinion.</summary>
internal static class TsharkProgram
{
    /// <summary>Starts it; skips the test where there is none, and fails it where CI runs, which has to have it.</summary>
    internal static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            var reason = $"tshark cannot be started ({exception.Message})";
            if (Environment.GetEnvironmentVariable("CI") == "true")
            {
                Assert.Fail(reason);
            }
            Assert.Skip(reason);
            throw;
        }
    }
}
