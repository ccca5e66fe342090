using FluentAssertions;
using Pmip.Linux;
using Xunit;

namespace Pmip.Reference.Tests.Linux;

public sealed class SysctlTests
{
    private const string Forwarding = "net/ipv6/conf/all/forwarding";

    [Fact]
    public void Write_IsOfTheNamespaceItIsCalledIn()
    {
        using var nodes = TwoNodes.Create();

        nodes.Left.Namespace.Run(() => Sysctl.Write(Forwarding, "1"));

        nodes.Left.Namespace.Run(() => Sysctl.Read(Forwarding)).Should().Be("1");
        nodes.Right.Namespace.Run(() => Sysctl.Read(Forwarding)).Should().Be("0");
    }

    [Fact]
    public void Write_OfAnInvalidValue_IsReported()
    {
        using var nodes = TwoNodes.Create();

        nodes
            .Left.Namespace.Invoking(home => home.Run(() => Sysctl.Write(Forwarding, "many")))
            .Should()
            .Throw<LinuxException>()
            .WithMessage("write /proc/sys/net/ipv6/conf/all/forwarding: Invalid argument (errno 22)");
    }

    [Fact]
    public void Read_OfAnUnknownParameter_IsReported() =>
        FluentActions
            .Invoking(() => Sysctl.Read("net/ipv6/nosuch"))
            .Should()
            .Throw<LinuxException>()
            .Which.ErrorNumber.Should()
            .Be(Errno.NoEntry);
}
