using System.Diagnostics.CodeAnalysis;
using FluentAssertions;
using Pmip.Wire;
using Xunit;

namespace Pmip.Reference.Tests.Wire;

/// <summary>The five tests of every format, with octets written by hand from the figure in its RFC.</summary>
public abstract class FormatTests<TValue>
    where TValue : class
{
    private const byte Dirt = 0xa5;

    /// <summary>The expected result of a parser: a value, or an error with this rule at this offset.</summary>
    protected sealed record Arrival(string Octets, string? Rule, int Offset, TValue? Value);

    /// <summary>The octets of <see cref="Value"/>, written by hand.</summary>
    protected abstract string Figure { get; }

    protected abstract TValue Value { get; }

    /// <summary>Values at the limits of their fields, for the round trip.</summary>
    protected virtual IEnumerable<TValue> OtherValues => [];

    protected abstract Arrival TooShort { get; }

    protected abstract Arrival TooLong { get; }

    [Fact]
    public void Octets_OfTheFigure_ParseToTheValue()
    {
        TryParse(Hex.Octets(Figure), out var value, out var error).Should().BeTrue(error?.ToString());

        value.Should().Be(Value);
        error.Should().BeNull();
    }

    [Fact]
    public void Value_WrittenIntoADirtyBuffer_IsTheFigureAndNothingElse()
    {
        var figure = Hex.Octets(Figure);
        var buffer = Enumerable.Repeat(Dirt, figure.Length + 8).ToArray();

        Write(Value, buffer).Should().Be(figure.Length);

        buffer[..figure.Length].Should().Equal(figure);
        buffer[figure.Length..].Should().OnlyContain(octet => octet == Dirt);
    }

    [Fact]
    public void Octets_TooShort_AreRefused()
    {
        TooShort.Rule.Should().NotBeNull();
        Verify(TooShort);
    }

    [Fact]
    public void Octets_TooLong_AreRefusedOrPartOfTheValue() => Verify(TooLong);

    [Fact]
    public void Value_WrittenAndParsed_IsEqual()
    {
        foreach (var value in OtherValues.Append(Value))
        {
            var buffer = new byte[4096];
            var length = Write(value, buffer);

            TryParse(buffer.AsSpan(0, length), out var parsed, out var error).Should().BeTrue(error?.ToString());

            parsed.Should().Be(value);
            parsed!.GetHashCode().Should().Be(value.GetHashCode());
        }
    }

    [Fact]
    public void Value_WrittenIntoTooShortABuffer_IsAnArgumentException()
    {
        var write = () => Write(Value, new byte[Hex.Octets(Figure).Length - 1]);

        write.Should().Throw<ArgumentException>();
    }

    protected static Arrival Refused(string octets, string rule, int offset) => new(octets, rule, offset, null);

    protected static Arrival Read(string octets, TValue value) => new(octets, null, 0, value);

    protected abstract bool TryParse(
        ReadOnlySpan<byte> octets,
        [NotNullWhen(true)] out TValue? value,
        [NotNullWhen(false)] out WireError? error
    );

    protected abstract int Write(TValue value, Span<byte> destination);

    private void Verify(Arrival arrival)
    {
        TryParse(Hex.Octets(arrival.Octets), out var value, out var error).Should().Be(arrival.Rule is null);

        value.Should().Be(arrival.Value);
        error?.Rule.Should().Be(arrival.Rule);
        error?.Offset.Should().Be(arrival.Offset);
    }
}
