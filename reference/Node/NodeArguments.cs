using Pmip.Node.Configuration;

namespace Pmip.Node;

/// <summary>The command line of the program.</summary>
internal sealed record NodeArguments(string? Role, string ConfigurationFile, bool CheckOnly, bool ExitWithStandardInput)
{
    public const string Usage = """
        pmip-node [--role lma|mag|ha|cn|mn|router] --config FILE [--check] [--exit-with-stdin]
        pmip-node manage SOCKET COMMAND [NAME=TEXT | NAME:=JSON]...

        Runs a role of Proxy Mobile IPv6 (lma, mag) on this machine's network stack, or one of Mobile IPv6
        (ha, cn, mn) on a stack of its own, as root. Prints "ready" when it has started,
        logs to standard error, and ends on SIGTERM or SIGINT after reverting its configuration.
        Applications beside a mn have its home address by the device hoa0.

          --role ROLE         must be the role of the configuration
          --config FILE       JSON; keys are the RFCs' variable names, times are in milliseconds
          --check             reads the configuration and ends: 0 if it is good, 2 if not
          --exit-with-stdin   also ends when standard input ends
          manage              tells the node that has the ManagementSocket a command, such as
                              set name=EnableMAGLocalRouting value=1, and prints its answer
        """;

    /// <summary>Null if help was asked for.</summary>
    /// <exception cref="FormatException">An argument is missing or unknown.</exception>
    public static NodeArguments? Parse(IReadOnlyList<string> arguments)
    {
        var (role, file, check, exitWithStandardInput) = (default(string), default(string), false, false);
        for (var i = 0; i < arguments.Count; i++)
        {
            switch (arguments[i])
            {
                case "--role" when i + 1 < arguments.Count:
                    role = arguments[++i];
                    break;
                case "--config" when i + 1 < arguments.Count:
                    file = arguments[++i];
                    break;
                case "--check":
                    check = true;
                    break;
                case "--exit-with-stdin":
                    exitWithStandardInput = true;
                    break;
                case "--help" or "-h":
                    return null;
                case var other:
                    throw new FormatException($"{other}: unknown option, or its value is missing; see --help");
            }
        }

        return new NodeArguments(
            role,
            file ?? throw new FormatException("--config FILE is missing; see --help"),
            check,
            exitWithStandardInput
        );
    }

    /// <exception cref="NodeConfigurationException">The configuration cannot be read, or has another role than --role.</exception>
    public NodeConfiguration ReadConfiguration()
    {
        string json;
        try
        {
            json = File.ReadAllText(ConfigurationFile);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new NodeConfigurationException(ConfigurationFile, 0, "", unreadable.Message);
        }

        var configuration = NodeConfiguration.Parse(json, ConfigurationFile);
        return Role is null || Role == configuration.Role
            ? configuration
            : throw new NodeConfigurationException(ConfigurationFile, 0, "Role", $"is {configuration.Role}, but --role is {Role}");
    }
}
