using System.CommandLine;
using EzAudit.Cli.Tooling;
using EzAudit.Nats.Settings;

namespace EzAudit.Cli.Asking;

/// <summary>The options that say where the stream is and how to sign in.</summary>
internal sealed class StreamOptions
{
    private const string Variable = "EZAUDIT_STREAM";

    private readonly Option<string?> _url = new("--url") { Description = $"The servers, with commas, such as nats://n1:4222,nats://n2:4222; defaults to {Variable}", HelpName = "URL" };
    private readonly Option<string> _stream = new("--stream") { Description = "The name of the stream", HelpName = "NAME", DefaultValueFactory = _ => "EZAUDIT" };
    private readonly Option<string> _subject = new("--subject") { Description = "The beginning of its subjects", HelpName = "PREFIX", DefaultValueFactory = _ => "audit" };
    private readonly Option<int> _replicas = new("--replicas") { Description = "How many servers must keep it", HelpName = "NUMBER", DefaultValueFactory = _ => 3 };
    private readonly Option<string?> _user = new("--user") { Description = "Signs in with --password-file", HelpName = "NAME" };
    private readonly Option<string?> _password = File("--password-file", "Has the password on its first line");
    private readonly Option<string?> _token = File("--token-file", "Has a token on its first line");
    private readonly Option<string?> _credentials = File("--credentials", "Has a user's JWT and key, as nsc writes it");
    private readonly Option<string?> _nkey = File("--nkey-file", "Has the seed of an NKey");
    private readonly Option<string?> _ca = File("--ca-file", "Has the certificates that may sign the servers'");
    private readonly Option<string?> _certificate = File("--client-certificate", "Has the certificate to present");
    private readonly Option<string?> _key = File("--client-key", "Has its key");

    private Option[] All => [_url, _stream, _subject, _replicas, _user, _password, _token, _credentials, _nkey, _ca, _certificate, _key];

    public void AddTo(Command command)
    {
        foreach (Option option in All) command.Add(option);
    }

    /// <summary>What the command line and the environment say.</summary>
    /// <exception cref="ToolException">A value is missing or not valid.</exception>
    public AuditStreamOptions Read(ParseResult parsed)
    {
        string url = parsed.GetValue(_url) ?? Environment.GetEnvironmentVariable(Variable)
            ?? throw new ToolException(_url.Name, $"is missing; give servers such as nats://n1:4222,nats://n2:4222, or set {Variable}");
        var options = new AuditStreamOptions
        {
            Url = url,
            Stream = parsed.GetValue(_stream)!,
            Subject = parsed.GetValue(_subject)!,
            Replicas = parsed.GetValue(_replicas),
            User = parsed.GetValue(_user),
            PasswordFile = Existing(parsed, _password),
            TokenFile = Existing(parsed, _token),
            CredentialsFile = Existing(parsed, _credentials),
            NKeyFile = Existing(parsed, _nkey),
            CaFile = Existing(parsed, _ca),
            ClientCertificate = Existing(parsed, _certificate),
            ClientKey = Existing(parsed, _key),
        };
        if (options.FindMistake() is { } mistake) throw new ToolException($"--{mistake.Option}", mistake.Reason);
        return options;
    }

    private static Option<string?> File(string name, string description) => new(name) { Description = description, HelpName = "FILE" };

    private static string? Existing(ParseResult parsed, Option<string?> option)
    {
        if (parsed.GetValue(option) is not { } path) return null;
        return System.IO.File.Exists(path) ? path : throw new ToolException(option.Name, $"there is no file {path}");
    }
}
