using System.Diagnostics;
using System.Runtime.InteropServices;
using Pmip.Linux;
using Pmip.Linux.Netlink;
using Pmip.Node;
using Pmip.Node.Configuration;
using Pmip.Node.Management;
using Pmip.Protocol;
using Pmip.Protocol.LocalMobilityAnchor;
using Pmip.Protocol.MobileAccessGateway;
using Pmip.Protocol.MobileIpv6;
using Pmip.Wire;

// 0: ended normally; 1: failed while running; 2: not started, with the reason in one line of output.
const int Ended = 0,
    Failed = 1,
    NotStarted = 2;
var started = Stopwatch.GetTimestamp();

if (args is [ManagementClient.Command, .. var words])
{
    return ManagementClient.Run(words);
}

NodeConfiguration configuration;
NodeArguments? arguments;
try
{
    arguments = NodeArguments.Parse(args);
    if (arguments is null)
    {
        StandardStreams.WriteOutput(NodeArguments.Usage);
        return Ended;
    }

    configuration = arguments.ReadConfiguration();
    _ = configuration.Security?.Load();
    _ = configuration.Security?.ForceRenewKey?.Load();
}
catch (Exception wrong) when (wrong is FormatException or NodeConfigurationException or IOException or UnauthorizedAccessException)
{
    StandardStreams.WriteError($"pmip-node: {wrong.Message}");
    return NotStarted;
}

if (arguments.CheckOnly)
{
    return Ended;
}
if (!Environment.IsPrivilegedProcess)
{
    StandardStreams.WriteError("pmip-node: needs root to configure interfaces and open raw sockets: start it with sudo");
    return NotStarted;
}

var log = new NodeLog(configuration.Name);
using var stop = new WakeUp();
using var restart = new WakeUp();
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var input = arguments.ExitWithStandardInput ? new StandardInput() : null;
for (var starts = 0; ; starts++)
{
    INodeHost host;
    try
    {
        host = HostOf(starts);
    }
    catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or NodeConfigurationException)
    {
        StandardStreams.WriteError($"pmip-node: {arguments.ConfigurationFile}: {refused.Message}");
        return NotStarted;
    }

    using (host)
    {
        try
        {
            host.Start();
            if (starts == 0)
            {
                StandardStreams.WriteOutput("ready");
                log.Write("Ready", $"{Stopwatch.GetElapsedTime(started).TotalMilliseconds:F0} ms after the start of the runtime");
            }
            if (Run(host, stop, restart, input) != restart)
            {
                log.Write("Ending", "reverts its configuration");
                return Ended;
            }
            restart.Reset();
            log.Write("Restarting", "reverts its configuration and starts again");
        }
        catch (IOException failed)
        {
            log.Write("Failed", failed.Message);
            return Failed;
        }
    }
}

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Set();
}

static IReadable Run(INodeHost host, WakeUp stop, WakeUp restart, StandardInput? input)
{
    IReadable[] ends = input is null ? [stop, restart] : [stop, restart, input];
    while (true)
    {
        // The content of standard input is ignored; only its end matters.
        var end = host.Run(ends);
        if (end != input || !input.TrySkip())
        {
            return end;
        }
    }
}

INodeHost HostOf(int starts)
{
    var random = configuration.Seed is { } seed ? new Random(unchecked(seed + starts)) : new Random();
    var role = RoleOf(configuration, random);
    return configuration.HasOwnStack
        ? new StackNode(configuration, role, new Random(random.Next()), log, restart)
        : new RoleHost(configuration, role!, log, restart);
}

static IRole? RoleOf(NodeConfiguration configuration, Random random) =>
    configuration switch
    {
        { LocalMobilityAnchor: { } settings } => new LocalMobilityAnchor(settings, random),
        { MobileAccessGateway: { } settings } => new MobileAccessGateway(WithKeys(settings, configuration.Security), random),
        { HomeAgent: { } settings } => new HomeAgent(settings),
        { CorrespondentNode: { } settings } => new CorrespondentNode(settings, CorrespondentNodeRules.For(settings), random),
        { Router: not null } => null,
        { MobileNode: { } settings } => MobileNodeOf(settings with { LinkLayerAddresses = LinkLayerAddresses(configuration) }, random),
        _ => throw new UnreachableException("A configuration has settings for its role."),
    };

static MobileNode MobileNodeOf(MobileNodeSettings settings, Random random) => new(settings, MobileNodeRules.For(settings), random);

static Dictionary<LinkId, MacAddress> LinkLayerAddresses(NodeConfiguration configuration)
{
    using var netlink = RouteNetlink.Open();
    return configuration
        .Interfaces.Select(on => (on.Id, netlink.Links.Get(on.Interface).Address))
        .Where(on => on.Address is not null)
        .ToDictionary(on => on.Id, on => on.Address!.Value);
}

static MobileAccessGatewaySettings WithKeys(MobileAccessGatewaySettings settings, NodeSecurity? security) =>
    settings with
    {
        Ipv4 = settings.Ipv4 is { } ipv4 ? ipv4 with { ForceRenewKey = security?.ForceRenewKey?.Load() } : null,
    };
