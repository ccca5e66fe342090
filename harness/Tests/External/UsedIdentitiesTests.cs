using Conformance.Harness.Tests.Capture;
using Conformance.TestBeds.External;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.External;

public sealed class UsedIdentitiesTests : IDisposable
{
    private static readonly DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void IdentitiesOfAKilledRun_AreInUse_UntilTheirSessionsAreOver()
    {
        Note("device", (1, null), (2, null), (2, _now.AddSeconds(3)));
        File.AppendAllText(Directory.GetFiles(_directory.Path).Should().ContainSingle().Subject, "77");

        InUse("device", _now.AddSeconds(2)).Should().Equal(1, 2);
        InUse("device", _now.AddSeconds(3)).Should().Equal(1);
        InUse("another", _now).Should().BeEmpty();
        InUse("device", _now.AddMinutes(11)).Should().BeEmpty();
    }

    private void Note(string device, params IEnumerable<(int Identity, DateTimeOffset? UsableFrom)> notes)
    {
        using var used = UsedIdentities.Open(_directory.Path, device, _now);
        foreach (var (identity, usableFrom) in notes)
        {
            used.Note(identity, usableFrom, _now);
        }
    }

    private IEnumerable<int> InUse(string device, DateTimeOffset now)
    {
        using var used = UsedIdentities.Open(_directory.Path, device, now);
        return used.InUse.Keys.Order();
    }
}
