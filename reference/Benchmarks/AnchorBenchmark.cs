using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Wire;

namespace Pmip.Benchmarks;

/// <summary>
/// Measures a local mobility anchor in process, without sockets, from a thousand sessions to a million: processor time and allocated octets
/// of a request, and octets of memory of a session: <c>anchor [--count N]</c>.
/// </summary>
/// <remarks>
/// The yardstick is what no local mobility anchor does without: it reads the update, looks in three tables with as many sessions, and
/// writes the acknowledgement.
/// </remarks>
internal static class AnchorBenchmark
{
    internal const string Command = "anchor";

    private const int Fewest = 1_000,
        DefaultCount = 1_000_000,
        MinimumRequests = 200_000,
        Gateways = 64,
        Realms = 32;

    /// <returns>The exit code: 0, or 2 if the arguments are wrong.</returns>
    internal static int Run(IReadOnlyList<string> arguments)
    {
        var count = DefaultCount;
        if (
            arguments is not []
            && !(
                arguments is ["--count", var value]
                && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out count)
                && count is >= Fewest and <= Requests.MaximumSessions
            )
        )
        {
            Console.Error.WriteLine($"{Command} [--count N]: at most N sessions, {Fewest} to {Requests.MaximumSessions}");
            return 2;
        }

        Console.WriteLine("sessions   request             ns     per s and core   x yardstick   x of 1000   B allocated   B per session");
        Measure(Fewest, rounds: MinimumRequests / Fewest); // compiles what is measured
        var first = new Dictionary<string, double>();
        for (var sessions = Fewest; sessions <= count; sessions *= 10)
        {
            Report(sessions, Measure(sessions, rounds: Math.Max(1, MinimumRequests / sessions)), first);
        }
        return 0;
    }

    private static void Report(int sessions, Result result, Dictionary<string, double> first)
    {
        var yardstick = result.Costs[0].Nanoseconds;
        foreach (var cost in result.Costs)
        {
            first.TryAdd(cost.Name, cost.Nanoseconds);
            Console.WriteLine(
                string.Format(
                    CultureInfo.InvariantCulture,
                    "{0,8}   {1,-16}{2,7:F0}{3,19:N0}{4,14:F2}{5,12:F2}{6,14:F0}{7,16:F0}",
                    sessions,
                    cost.Name,
                    cost.Nanoseconds,
                    1e9 / cost.Nanoseconds,
                    cost.Nanoseconds / yardstick,
                    cost.Nanoseconds / first[cost.Name],
                    cost.Allocated,
                    result.OctetsPerSession
                )
            );
        }
    }

    private static Result Measure(int sessions, int rounds)
    {
        var costs = new Cost[] { new("yardstick"), new("registration"), new("refresh"), new("hand-off"), new("de-registration") };
        var octets = 0L;
        for (var round = 0; round < rounds; round++)
        {
            Yardstick(sessions, costs[0]);
            var driver = new Driver(sessions);
            var before = GC.GetTotalMemory(forceFullCollection: true);
            driver.Run(Kind.Registration, costs[1]);
            octets += rounds > 1 && round > 0 ? 0 : GC.GetTotalMemory(forceFullCollection: true) - before;
            driver.Run(Kind.Refresh, costs[2]);
            driver.Run(Kind.HandOff, costs[3]);
            driver.Run(Kind.DeRegistration, costs[4]);
            driver.End(costs[4]);
        }
        return new Result(costs, (double)octets / sessions);
    }

    private static void Yardstick(int sessions, Cost cost)
    {
        var requests = new Requests(sessions);
        var tables = Enumerable.Range(0, 3).Select(_ => new Dictionary<long, int>(sessions)).ToArray();
        for (var number = 0; number < sessions; number++)
        {
            foreach (var table in tables)
            {
                table.Add(number, number);
            }
        }

        var answer = new BindingAcknowledgement(default, default, 0, 0, Sample(requests).Options);
        var path = new Ipv6Signaling(Driver.Anchor, Driver.Gateway(0));
        var seen = 0L;
        for (var begin = 0; begin < sessions; begin += Requests.Chunk)
        {
            requests.Prepare(begin, Kind.Refresh, Driver.Start);
            cost.Begin();
            for (var i = 0; i < requests.Count; i++)
            {
                var number = requests.NumberOf(begin + i);
                var length = MobilityMessage.TryParse(requests[i].Span, out var message, out _) ? message.Length : 0;
                foreach (var table in tables)
                {
                    seen += table[number] + length;
                }
                seen += path.Complete(answer).Length;
            }
            cost.End(requests.Count);
        }
        GC.KeepAlive(seen);
    }

    private static BindingUpdate Sample(Requests requests)
    {
        requests.Prepare(0, Kind.Refresh, Driver.Start);
        return MobilityMessage.TryParse(requests[0].Span, out var message, out _)
            ? (BindingUpdate)message
            : throw new UnreachableException();
    }

    private enum Kind
    {
        Registration,
        Refresh,
        HandOff,
        DeRegistration,
    }

    private sealed record Result(IReadOnlyList<Cost> Costs, double OctetsPerSession);

    /// <summary>The processor time of the whole process, with that of the garbage collector, and what was allocated.</summary>
    private sealed class Cost(string name)
    {
        private TimeSpan _begun;
        private TimeSpan _spent;
        private long _allocatedBefore;
        private long _allocated;
        private long _requests;

        internal string Name => name;

        internal double Nanoseconds => _spent.TotalNanoseconds / _requests;

        internal double Allocated => (double)_allocated / _requests;

        internal void Begin() => (_begun, _allocatedBefore) = (Spent, GC.GetTotalAllocatedBytes());

        internal void End(int requests)
        {
            _spent += Spent - _begun;
            _allocated += GC.GetTotalAllocatedBytes() - _allocatedBefore;
            _requests += requests;
        }

        private static TimeSpan Spent => Environment.CpuUsage.TotalTime;
    }

    /// <summary>The octets of requests, by chunks, written without an allocation.</summary>
    private sealed class Requests
    {
        internal const int MaximumSessions = 10_000_000,
            Chunk = 4096;

        /// <summary>Coprime to the numbers of sessions: successive requests are of sessions far apart.</summary>
        private const long Stride = 7919;

        private static readonly byte[] _identifier = [0x0a, 0x5e, 0xfd, 0xfc, 0xfb, 0xfa];
        private static readonly Timestamp _timestamp = new(0x1234_5678_9abc_def1);
        private static readonly Ipv6Prefix _prefix = Ipv6Prefix.Parse("2001:db8:fdfc:fbfa::/64");

        private readonly int _sessions;
        private readonly ulong[] _prefixes;
        private readonly byte[][] _templates;
        private readonly byte[][] _octets;
        private readonly int _nai,
            _identifierAt,
            _timestampAt,
            _prefixAt;

        internal Requests(int sessions)
        {
            (_sessions, _prefixes) = (sessions, new ulong[sessions]);
            _templates = [.. Enum.GetValues<Kind>().Select(Template)];
            _octets = [.. Enumerable.Range(0, Chunk).Select(_ => _templates[0].ToArray())];
            var sample = _templates[(int)Kind.Refresh].AsSpan();
            _nai = sample.IndexOf(Encoding.ASCII.GetBytes(Nai));
            _identifierAt = sample.IndexOf(_identifier);
            _timestampAt = sample.IndexOf((ReadOnlySpan<byte>)[0x12, 0x34, 0x56, 0x78]);
            _prefixAt = sample.IndexOf(_prefix.Network.GetAddressBytes());
        }

        private static string Nai => "0000000@r00.pmip.example";

        internal int Count { get; private set; }

        internal ReadOnlyMemory<byte> this[int index] => _octets[index];

        internal int NumberOf(int position) => (int)(position * Stride % _sessions);

        internal void Assign(int number, Ipv6Prefix prefix) => _prefixes[number] = BitConverter.ToUInt64(prefix.Network.GetAddressBytes());

        internal void Prepare(int begin, Kind kind, Now now)
        {
            Count = Math.Min(Chunk, _sessions - begin);
            for (var i = 0; i < Count; i++)
            {
                var octets = _octets[i].AsSpan();
                var number = NumberOf(begin + i);
                _templates[(int)kind].CopyTo(octets);
                number.TryFormat(octets[_nai..], out _, "D7", CultureInfo.InvariantCulture);
                (number % Realms).TryFormat(octets[(_nai + 9)..], out _, "D2", CultureInfo.InvariantCulture);
                BitConverter.TryWriteBytes(octets[(_identifierAt + 2)..], number);
                var time = Timestamp.FromUtc(now.Utc + Driver.Step * (i + 1)).Value;
                System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(octets[_timestampAt..], time);
                if (kind == Kind.Refresh)
                {
                    BitConverter.TryWriteBytes(octets[_prefixAt..], _prefixes[number]);
                }
            }
        }

        private static byte[] Template(Kind kind) =>
            new BindingUpdate(
                1,
                BindingUpdateFlags.Acknowledge | BindingUpdateFlags.ProxyRegistration,
                kind == Kind.DeRegistration ? (ushort)0 : ushort.MaxValue,
                [
                    MobileNodeIdentifierOption.ForNai(Nai),
                    new HomeNetworkPrefixOption(kind == Kind.Refresh ? _prefix : Ipv6Prefix.AllZero),
                    new HandoffIndicatorOption(
                        kind switch
                        {
                            Kind.Registration => HandoffIndicator.AttachmentOverNewInterface,
                            Kind.HandOff => HandoffIndicator.HandoffBetweenMobileAccessGateways,
                            _ => HandoffIndicator.HandoffStateNotChanged,
                        }
                    ),
                    new AccessTechnologyTypeOption(AccessTechnologyType.Ieee8023),
                    new MobileNodeLinkLayerIdentifierOption(new OctetString(_identifier)),
                    new LinkLocalAddressOption(IPAddress.IPv6Any),
                    new TimestampOption(_timestamp),
                ]
            ).ToBytes(Driver.Anchor, Driver.Gateway(0));
    }

    /// <summary>A local mobility anchor, and the time as its host would tell it.</summary>
    private sealed class Driver
    {
        internal static readonly TimeSpan Step = TimeSpan.FromMicroseconds(20);
        internal static readonly Now Start = new(new Instant(0), new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        internal static readonly IPAddress Anchor = IPAddress.Parse("2001:db8:100::1");

        private static readonly LinkId _core = new("core");
        private static readonly Ipv6Signaling[] _paths =
        [
            .. Enumerable.Range(0, Gateways).Select(number => new Ipv6Signaling(Gateway(number), Anchor)),
        ];

        private readonly LocalMobilityAnchor _role;
        private readonly Requests _requests;
        private readonly int _sessions;
        private Now _now = Start;

        internal Driver(int sessions)
        {
            (_sessions, _requests) = (sessions, new Requests(sessions));
            _role = new LocalMobilityAnchor(
                new LocalMobilityAnchorSettings
                {
                    Address = Anchor,
                    AuthorizedMobileAccessGateways = [.. Enumerable.Range(0, Gateways).Select(Gateway)],
                    PrefixPool = Ipv6Prefix.Parse("2001:db8::/40"),
                    MobileNodes =
                    [
                        .. Enumerable
                            .Range(0, Realms)
                            .Select(realm => new MobileNodePolicy { IdentifierPattern = $"*@r{realm:D2}.pmip.example" }),
                    ],
                },
                new Random(1)
            );
            _role.Handle(new RoleInput.Started(), _now);
            while (_role.TryTakeAction(out _)) { }
        }

        internal static IPAddress Gateway(int number) => IPAddress.Parse($"2001:db8:100::a:{number:x}");

        internal void Run(Kind kind, Cost cost)
        {
            for (var begin = 0; begin < _sessions; begin += Requests.Chunk)
            {
                _requests.Prepare(begin, kind, _now);
                cost.Begin();
                for (var i = 0; i < _requests.Count; i++)
                {
                    Pass(Step);
                    var number = _requests.NumberOf(begin + i);
                    var gateway = (number + (kind is Kind.HandOff or Kind.DeRegistration ? 1 : 0)) % Gateways;
                    _role.Handle(new RoleInput.Signal(_paths[gateway], _core, _requests[i]), _now);
                    var answer = Answer();
                    if (answer.Span[BindingAcknowledgement.StatusOffset] != (byte)BindingStatus.ACCEPTED)
                    {
                        throw new InvalidOperationException($"{kind}: {(BindingStatus)answer.Span[BindingAcknowledgement.StatusOffset]}");
                    }
                    if (kind == Kind.Registration)
                    {
                        Note(number, answer);
                    }
                }
                cost.End(_requests.Count);
            }
        }

        /// <summary>Lets all sessions end that were de-registered.</summary>
        internal void End(Cost cost)
        {
            cost.Begin();
            Pass(TimeSpan.FromMinutes(1));
            _role.HandleTimeout(_now);
            while (_role.TryTakeAction(out _)) { }
            cost.End(0);
            if (_role.Snapshot().Bindings.Count > 0)
            {
                throw new InvalidOperationException("sessions are left that were de-registered");
            }
        }

        private void Pass(TimeSpan time) => _now = new Now(_now.Monotonic + time, _now.Utc + time);

        private ReadOnlyMemory<byte> Answer()
        {
            var answer = ReadOnlyMemory<byte>.Empty;
            while (_role.TryTakeAction(out var action))
            {
                if (action is RoleAction.SendSignal { MobilityHeader: var octets })
                {
                    answer = octets;
                }
            }
            return answer;
        }

        private void Note(int number, ReadOnlyMemory<byte> answer)
        {
            if (MobilityMessage.TryParse(answer.Span, out var message, out _) && message is BindingAcknowledgement { Options: var options })
            {
                _requests.Assign(number, options.First<HomeNetworkPrefixOption>()!.Prefix);
            }
        }
    }
}
