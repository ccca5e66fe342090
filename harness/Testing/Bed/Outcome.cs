using System.Globalization;
using System.Net;
using System.Text.Json.Serialization;

namespace Conformance.Testing.Bed;

/// <summary>How an action ended that the tester started.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "Kind")]
[JsonDerivedType(typeof(Done), "done")]
[JsonDerivedType(typeof(Failed), "failed")]
[JsonDerivedType(typeof(Expired), "expired")]
[JsonDerivedType(typeof(Replies), "replies")]
[JsonDerivedType(typeof(Addresses), "addresses")]
[JsonDerivedType(typeof(Transfer), "transfer")]
public abstract record Outcome
{
    public static Outcome Ok { get; } = new Done();

    /// <summary>It succeeded, and there is nothing more to say.</summary>
    public sealed record Done : Outcome
    {
        public override string ToString() => "ok";
    }

    public record Failed(string Reason) : Outcome
    {
        public sealed override string ToString() => $"failed: {Reason}";
    }

    /// <summary>
    /// It was ended because it took longer than its own time limit. What it has done is unknown, so that the scenario has no verdict.
    /// </summary>
    public sealed record Expired(string Reason) : Failed(Reason);

    /// <param name="Count">The number of echo replies that came.</param>
    public sealed record Replies(int Count) : Outcome
    {
        public override string ToString() => Count.ToString(CultureInfo.InvariantCulture);
    }

    /// <param name="All">The global addresses of a node.</param>
    public sealed record Addresses(IReadOnlyList<IPAddress> All) : Outcome
    {
        public bool Equals(Addresses? other) => other is not null && All.SequenceEqual(other.All);

        public override int GetHashCode() => All.Count;

        public override string ToString() => string.Join(',', All);
    }

    /// <summary>A transfer whose data arrived complete and in order.</summary>
    /// <param name="Lost">How many of the echo requests were not answered.</param>
    /// <param name="Requests">The number of echo requests up to the last answered one; 0 if none were sent.</param>
    /// <param name="LongestInterruption">The longest time in which nothing passed, in whole milliseconds.</param>
    /// <param name="Octets">The number of octets sent by TCP; null if the transfer consists of echo requests alone.</param>
    public sealed record Transfer(int Lost, int Requests, TimeSpan LongestInterruption, long? Octets = null) : Outcome
    {
        /// <summary>
        /// The number of these octets that the receiver had read when it ended, if it does not wait for all of them; null if it does.
        /// </summary>
        public long? Read { get; init; }

        public override string ToString()
        {
            var byTcp = (Octets, Read) switch
            {
                (null, _) => string.Empty,
                ({ } octets, { } read) when read < octets => string.Create(
                    CultureInfo.InvariantCulture,
                    $"{read} of {octets} octets by TCP were read at the end; "
                ),
                ({ } octets, _) => string.Create(CultureInfo.InvariantCulture, $"{octets} octets by TCP arrived whole; "),
            };
            var byEchoes =
                Requests > 0 ? string.Create(CultureInfo.InvariantCulture, $"{Lost} of {Requests} echo requests lost, ") : string.Empty;
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{byTcp}{byEchoes}longest interruption {LongestInterruption.TotalMilliseconds:0} ms"
            );
        }
    }
}
