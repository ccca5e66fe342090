using System.CommandLine;
using Conformance.Reports;
using Pmip.Linux;

namespace Conformance.Lab;

/// <summary>
/// The <c>lab</c> command: an interactive domain in network namespaces, and the commands to control it from another terminal.
/// </summary>
public sealed class LabCommand
{
    private const int NotFound = 127;

    private static readonly OrderedDictionary<string, LabTopology> _topologies = new(StringComparer.Ordinal)
    {
        ["ipv6"] = LabTopology.Ipv6,
        ["ipv4"] = LabTopology.Ipv4,
        ["mcoa"] = LabTopology.Mcoa,
    };

    private readonly Option<string> _name = new("--name")
    {
        Description = "The name of the lab, to run several in parallel: lower-case letters and digits.",
        HelpName = "NAME",
        DefaultValueFactory = _ => LabName.Default,
        Recursive = true,
    };

    private readonly Option<string?> _capture = new("--capture")
    {
        Description = "The capture file (pcapng) for all packets, with one interface per link.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _security = new Option<string?>("--security")
    {
        Description = "Protects all signalling, and the tunnel to mag2, by ESP with the manual keys of the reference.",
        HelpName = "esp",
    }.AcceptOnlyFromAmong("esp");

    private readonly Option<string> _domain = new Option<string>("--domain")
    {
        Description =
            "ipv4: the mobile node has an IPv4 home address, too, and each MAG is a DHCP server for it (RFC 5844). "
            + "mcoa: a mobile node with interfaces on three foreign links and the home link, and its home agent (RFC 5648).",
        HelpName = string.Join('|', _topologies.Keys),
        DefaultValueFactory = _ => _topologies.GetAt(0).Key,
    }.AcceptOnlyFromAmong([.. _topologies.Keys]);

    private readonly Option<bool> _all = new("--all", "-a")
    {
        Description = "Shows Neighbor Discovery, multicast listener messages and the nodes' logs too.",
    };

    private readonly Argument<string> _node = new("NODE") { Description = "A node of the lab, such as mn1. 'lab state' shows all." };
    private readonly Argument<string> _link = new("LINK") { Description = "A link of mobile nodes, such as link1." };
    private readonly Argument<string?> _optionalLink = new("LINK")
    {
        Description = "The link; all if it is left out.",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly Argument<string[]> _program = new("PROGRAM")
    {
        Description = "The program with its arguments, after --.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Terminal _terminal;
    private readonly CancellationToken _cancellation;

    private LabCommand(Terminal terminal, CancellationToken cancellation) => (_terminal, _cancellation) = (terminal, cancellation);

    public static Command Create(Terminal terminal, CancellationToken cancellation)
    {
        var lab = new LabCommand(terminal, cancellation);
        var command = new Command(
            "lab",
            """
            A Proxy Mobile IPv6 domain in network namespaces for experiments: mobile node mn1, MAGs mag1 (link1) and mag2 (link2),
            LMA lma1, correspondent node cn1; or a domain of Mobile IPv6 with several care-of addresses (--domain mcoa).
            'lab up' starts and shows it; the other commands control it from another terminal.
            """
        )
        {
            lab.Sub(
                "up",
                "Starts the domain and shows it live until it is ended. If the output is not a terminal, shows it line by line.",
                lab.Up,
                lab._domain,
                lab._capture,
                lab._security,
                lab._all
            ),
            lab.Sub(
                "attach",
                "Attaches the mobile node to a link, beside others if it has several interfaces, and waits until it is registered there.",
                lab.Attach,
                lab._node,
                lab._link
            ),
            lab.Sub(
                "move",
                "Moves the mobile node to another link, from all others, and waits as attach does.",
                lab.Move,
                lab._node,
                lab._link
            ),
            lab.Sub("detach", "Detaches the mobile node from a link, or from all.", lab.Detach, lab._node, lab._optionalLink),
            lab.Sub("state", "Shows bindings, attachments, tunnels and addresses.", _ => lab.Ask(new LabRequest(LabRequest.State))),
            lab.Sub(
                "ladder",
                "Shows the messages live until interrupted.",
                parsed => lab.Ask(new LabRequest(LabRequest.Ladder) { All = parsed.GetValue(lab._all) }),
                lab._all
            ),
            lab.Sub(
                "exec",
                "Runs a program in the network namespace of a node and returns its exit code: lab exec mn1 -- ping -6 2001:db8:200::c1",
                lab.Execute,
                lab._node,
                lab._program
            ),
            lab.Sub("down", "Ends the lab and waits until it is removed; also removes the remains of a killed lab.", lab.Down),
        };
        command.Add(lab._name);
        return command;
    }

    private Command Sub(string called, string description, Func<ParseResult, int> action, params IEnumerable<Symbol> symbols)
    {
        var command = new Command(called, description);
        foreach (var symbol in symbols)
        {
            if (symbol is Option option)
            {
                command.Add(option);
            }
            else
            {
                command.Add((Argument)symbol);
            }
        }

        command.SetAction(parsed =>
        {
            _selected = new LabName(parsed.GetRequiredValue(_name));
            RequireRoot();
            return action(parsed);
        });
        return command;
    }

    private LabName _selected = new(LabName.Default);

    private static void RequireRoot()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            throw new CannotRunException("the lab uses network namespaces, which require root: run it with sudo.");
        }
    }

    private int Up(ParseResult parsed)
    {
        var topology = _topologies[parsed.GetRequiredValue(_domain)];
        if (topology == LabTopology.Mcoa && parsed.GetValue(_security) is not null)
        {
            throw new CannotRunException("--security esp is for the domains ipv6 and ipv4.");
        }

        LabHost.Run(
            _terminal,
            _selected,
            parsed.GetValue(_capture),
            new LabOptions(topology, parsed.GetValue(_security) is not null),
            parsed.GetValue(_all),
            _cancellation
        );
        return ExitCode.Success;
    }

    private int Attach(ParseResult parsed) => Move(LabRequest.Attach, parsed, parsed.GetRequiredValue(_link));

    private int Move(ParseResult parsed) => Move(LabRequest.Move, parsed, parsed.GetRequiredValue(_link));

    private int Detach(ParseResult parsed) => Move(LabRequest.Detach, parsed, parsed.GetValue(_optionalLink));

    private int Move(string command, ParseResult parsed, string? link) =>
        Ask(new LabRequest(command) { Node = parsed.GetRequiredValue(_node), Link = link });

    /// <summary>
    /// A program gets files of its own for those that it would otherwise share with the machine: DHCP clients write to this one.
    /// </summary>
    private const string NameResolution = "/etc/resolv.conf";

    private int Execute(ParseResult parsed)
    {
        var inside = string.Empty;
        new LabClient(_selected, _cancellation).Ask(
            new LabRequest(LabRequest.Namespace) { Node = parsed.GetRequiredValue(_node) },
            answer => inside = answer
        );
        var words = parsed.GetRequiredValue(_program);
        try
        {
            using var entered = NetworkNamespace.Open(inside);
            entered.Execute(words[0], [NameResolution], words[1..]);
        }
        catch (LinuxException e)
        {
            _terminal.Error($"{Terminal.Product}: {words[0]} cannot be run in {inside}: {e.Message}");
        }

        return NotFound;
    }

    private int Down(ParseResult parsed)
    {
        var ended = new LabClient(_selected, _cancellation).TryEnd();
        var leftovers = NetworkNamespace.RemoveLeftovers(_selected.Prefix);
        if (!ended && Directory.Exists(_selected.Directory))
        {
            Directory.Delete(_selected.Directory, recursive: true);
        }

        _terminal.Line(
            ended ? "The lab has ended."
            : leftovers.Count > 0 ? $"Removed the remains of a killed lab: {string.Join(' ', leftovers)}"
            : "No lab is running, and there is nothing to remove."
        );
        return ExitCode.Success;
    }

    private int Ask(LabRequest request)
    {
        var isTerminal = _terminal.Console.Profile.Out.IsTerminal && _terminal.Console.Profile.Capabilities.Ansi;
        return new LabClient(_selected, _cancellation).Ask(
            request with
            {
                Colors = isTerminal,
                Width = _terminal.Console.Profile.Width,
            },
            _terminal.Line
        );
    }
}
