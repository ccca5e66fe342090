using FluentAssertions;
using Pmip.Linux;
using Xunit;

namespace Pmip.Reference.Tests.Linux;

public sealed class UnixSocketTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"pmip-linux-test-{Guid.NewGuid():N}.sock");

    [Fact]
    public void Lines_ComeWholeAndInTheirOrder()
    {
        using var listener = UnixListener.Open(_path);
        using var client = UnixConnection.Open(_path);
        using var server = Patience.Next<UnixConnection>(listener, listener.TryAccept);

        client.WriteLine("one\ntwo");
        client.WriteLine("three");

        ((string[])[NextLine(server), NextLine(server), NextLine(server)]).Should().Equal("one", "two", "three");
    }

    [Fact]
    public void End_OfTheOtherSide_IsReported()
    {
        using var listener = UnixListener.Open(_path);
        var client = UnixConnection.Open(_path);
        using var server = Patience.Next<UnixConnection>(listener, listener.TryAccept);

        client.Dispose();
        Readiness.Wait([server], Patience.End).Should().NotBeEmpty();

        server.TakeLine(out var isOpen).Should().BeNull();
        isOpen.Should().BeFalse();
    }

    [Fact]
    public void File_WithoutAListener_IsReplaced_AndDeletedWithTheListener()
    {
        File.WriteAllText(_path, "");

        using (UnixListener.Open(_path))
        {
            File.Exists(_path).Should().BeTrue();
        }

        File.Exists(_path).Should().BeFalse();
    }

    [Fact]
    public void Socket_WithAListener_IsNotReplaced()
    {
        using var listener = UnixListener.Open(_path);

        FluentActions
            .Invoking(() => UnixListener.Open(_path))
            .Should()
            .Throw<LinuxException>()
            .WithMessage("bind *: Address already in use*");
    }

    public void Dispose() => File.Delete(_path);

    private static string NextLine(UnixConnection connection)
    {
        while (true)
        {
            if (connection.TakeLine(out _) is { } line)
            {
                return line;
            }
            Readiness.Wait([connection], Patience.End).Should().NotBeEmpty();
        }
    }
}
