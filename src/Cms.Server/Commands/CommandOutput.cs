using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging.Console;

namespace Cms.Server.Commands;

/// <summary>What a command prints: lines for people or, with <c>--json</c>, one document for programs.</summary>
internal sealed class CommandOutput(bool isJson)
{
    /// <summary>The name of the option.</summary>
    public const string Json = "--json";

    /// <summary>The form of the documents.</summary>
    public static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Whether the command prints a document instead of lines.</summary>
    public bool IsJson => isJson;

    /// <summary>Returns the output that the command line asks for.</summary>
    public static CommandOutput Of(ParseResult parsed) => new(parsed.GetValue<bool>(Json));

    /// <summary>Builds the application. With <c>--json</c>, its log goes to standard error.</summary>
    /// <param name="more">Adds or replaces services.</param>
    public WebApplication Host(Action<IServiceCollection>? more = null) =>
        CmsHost.Build(
            [],
            services =>
            {
                if (isJson)
                {
                    services.Configure<ConsoleLoggerOptions>(console =>
                        console.LogToStandardErrorThreshold = LogLevel.Trace
                    );
                }

                more?.Invoke(services);
            }
        );

    /// <summary>Prints a line for people.</summary>
    public Task LineAsync(string line) => isJson ? Task.CompletedTask : Console.Out.WriteLineAsync(line);

    /// <summary>Prints a text as it is, for people.</summary>
    public Task TextAsync(string text) => isJson ? Task.CompletedTask : Console.Out.WriteAsync(text);

    /// <summary>Prints a fault for people, on standard error.</summary>
    public Task ComplainAsync(string line) => isJson ? Task.CompletedTask : Console.Error.WriteLineAsync(line);

    /// <summary>Prints the document for programs. A command prints it once, at its end.</summary>
    public Task DocumentAsync(object document) =>
        isJson ? Console.Out.WriteLineAsync(JsonSerializer.Serialize(document, Readable)) : Task.CompletedTask;

    /// <summary>Prints why the command failed.</summary>
    /// <param name="sentence">The reason, and what to do.</param>
    public Task FailAsync(string sentence) =>
        isJson ? DocumentAsync(new { Error = sentence }) : Console.Error.WriteLineAsync(sentence);
}
