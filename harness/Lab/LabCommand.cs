using System.CommandLine;
using Conformance.Reports;
using Pmip.Linux;

namespace Conformance.Lab;

/// <summary><c>lab</c>: a domain of namespaces to try things in, and the commands that work on it from another terminal.</summary>
public sealed class LabCommand
{
    private const int NotFound = 127;

    private readonly Option<string> _name = new("--name")
    {
        Description = "Of the lab, where several are to run side by side: small letters and digits.",
        HelpName = "NAME",
        DefaultValueFactory = _ => LabName.Default,
        Recursive = true,
    };

    private readonly Option<string?> _capture = new("--capture")
    {
        Description = "A file that takes all packets as a capture (pcapng), an interface for each link.",
        HelpName = "FILE",
    };

    private readonly Option<bool> _all = new("--all", "-a")
    {
        Description = "The ladder with Neighbor Discovery, multicast listener messages and the nodes' logs.",
    };

    private readonly Argument<string> _node = new("NODE")
    {
        Description = $"One of {string.Join(", ", LabNodes.All.Select(LabNodes.Typed))}.",
    };
    private readonly Argument<string> _link = new("LINK") { Description = $"One of {string.Join(", ", LabNodes.AccessLinks)}." };
    private readonly Argument<string[]> _program = new("PROGRAM")
    {
        Description = "The program with its arguments, behind --.",
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
            A Proxy Mobile IPv6 domain in network namespaces to try things in: mobile node mn1, gateways mag1 (link1) and mag2 (link2),
            anchor lma1, correspondent node cn1. 'lab up' shows it live; the other commands work on it from another terminal.
            """
        )
        {
            lab.Sub(
                "up",
                "Brings the domain up and shows it live until it is ended. Without a terminal, in lines.",
                lab.Up,
                lab._capture,
                lab._all
            ),
            lab.Sub(
                "attach",
                "Puts the mobile node on a link, and waits until it is registered and has its address.",
                lab.Attach,
                lab._node,
                lab._link
            ),
            lab.Sub("move", "The same, from the link it is on.", lab.Attach, lab._node, lab._link),
            lab.Sub("detach", "Takes the mobile node off its link.", lab.Detach, lab._node),
            lab.Sub("state", "Shows bindings, attachments, tunnels and addresses.", _ => lab.Ask(new LabRequest(LabRequest.State))),
            lab.Sub(
                "ladder",
                "Shows the messages as they pass, until it is interrupted.",
                parsed => lab.Ask(new LabRequest(LabRequest.Ladder) { All = parsed.GetValue(lab._all) }),
                lab._all
            ),
            lab.Sub(
                "exec",
                "Runs a program in the network of a node, and ends with its exit code: lab exec mn1 -- ping -6 2001:db8:200::c1",
                lab.Execute,
                lab._node,
                lab._program
            ),
            lab.Sub("down", "Ends the lab and waits until all of it is gone; also removes what a killed one has left.", lab.Down),
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
            throw new CannotRunException("the lab is made of network namespaces, which only root may make and enter: run it with sudo.");
        }
    }

    private int Up(ParseResult parsed)
    {
        LabHost.Run(_terminal, _selected, parsed.GetValue(_capture), parsed.GetValue(_all), _cancellation);
        return ExitCode.Success;
    }

    private int Attach(ParseResult parsed)
    {
        LabNodes.RequireMobile(parsed.GetRequiredValue(_node));
        return Ask(new LabRequest(LabRequest.Move) { Link = LabNodes.FindLink(parsed.GetRequiredValue(_link)) });
    }

    private int Detach(ParseResult parsed)
    {
        LabNodes.RequireMobile(parsed.GetRequiredValue(_node));
        return Ask(new LabRequest(LabRequest.Move));
    }

    private int Execute(ParseResult parsed)
    {
        var inside = string.Empty;
        new LabClient(_selected, _cancellation).Ask(
            new LabRequest(LabRequest.Namespace) { Node = LabNodes.Find(parsed.GetRequiredValue(_node)) },
            answer => inside = answer
        );
        var words = parsed.GetRequiredValue(_program);
        try
        {
            using var entered = NetworkNamespace.Open(inside);
            entered.Execute(words[0], words[1..]);
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
            : leftovers.Count > 0 ? $"Removed what a killed lab has left: {string.Join(' ', leftovers)}"
            : "No lab is running, and nothing is left of one."
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
