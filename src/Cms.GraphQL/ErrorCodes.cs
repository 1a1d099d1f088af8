using System.Collections.Frozen;
using System.Reflection;
using Cms.GraphQL.Types;

namespace Cms.GraphQL;

/// <summary>All values of <c>errors[].extensions.code</c>. Clients rely on them, so they are never renamed.</summary>
public static class ErrorCodes
{
    /// <summary>The request is malformed: for example, its body is not a GraphQL request in UTF-8 JSON.</summary>
    public const string BadRequest = "BAD_REQUEST";

    /// <summary>A mutation was sent by GET, or the HTTP method is neither GET nor POST.</summary>
    public const string MethodNotAllowed = "METHOD_NOT_ALLOWED";

    /// <summary>None of the media types in <c>Accept</c> is supported.</summary>
    public const string NotAcceptable = "NOT_ACCEPTABLE";

    /// <summary>The media type or the encoding of the body is not supported.</summary>
    public const string UnsupportedMediaType = "UNSUPPORTED_MEDIA_TYPE";

    /// <summary>The body has too many bytes.</summary>
    public const string RequestTooLarge = "REQUEST_TOO_LARGE";

    /// <summary>The document cannot be parsed.</summary>
    public const string DocumentSyntax = "DOCUMENT_SYNTAX";

    /// <summary>The document is too long, is nested too deeply or selects too much.</summary>
    public const string DocumentTooLarge = "DOCUMENT_TOO_LARGE";

    /// <summary>The variables have too many values, are nested too deeply or are too long.</summary>
    public const string VariablesTooLarge = "VARIABLES_TOO_LARGE";

    /// <summary>The document is not valid for the schema.</summary>
    public const string ValidationFailed = "GRAPHQL_VALIDATION_FAILED";

    /// <summary>
    /// The document does not contain the requested operation, or it contains several and the request names none.
    /// </summary>
    public const string OperationUnknown = "OPERATION_UNKNOWN";

    /// <summary>An argument or a variable has a value that its type does not allow.</summary>
    public const string BadUserInput = "BAD_USER_INPUT";

    /// <summary>An id is malformed or is of the wrong kind.</summary>
    public const string IdMalformed = "ID_MALFORMED";

    /// <summary>The request contains too many ids.</summary>
    public const string TooManyIds = "TOO_MANY_IDS";

    /// <summary>The page size is out of range.</summary>
    public const string PageSize = "PAGE_SIZE";

    /// <summary>Both <c>first</c> and <c>last</c> are given.</summary>
    public const string PageArguments = "PAGE_ARGUMENTS";

    /// <summary>The cursor is malformed, or it belongs to a different list, order or filter.</summary>
    public const string CursorInvalid = "CURSOR_INVALID";

    /// <summary>The change log cursor is from before the database was restored. Read everything again.</summary>
    public const string ChangesResync = "CHANGES_RESYNC";

    /// <summary>The caller must sign in first.</summary>
    public const string NotAuthenticated = "AUTH_NOT_AUTHENTICATED";

    /// <summary>The caller is signed in but does not have permission.</summary>
    public const string NotAuthorized = "AUTH_NOT_AUTHORIZED";

    /// <summary>The operation costs more than the caller's limit.</summary>
    public const string CostExceeded = "COST_EXCEEDED";

    /// <summary>The caller sends too many requests. Wait for the time in <c>Retry-After</c>.</summary>
    public const string RateLimited = "RATE_LIMITED";

    /// <summary>
    /// A partner has used up the requests that its agreement allows in a month. Wait for the time in <c>Retry-After</c>.
    /// </summary>
    public const string QuotaExceeded = "QUOTA_EXCEEDED";

    /// <summary>The server is overloaded. Try again in a moment.</summary>
    public const string Overloaded = "OVERLOADED";

    /// <summary>
    /// Other writers locked the database until the operation timed out. Nothing was saved. Try again in a moment.
    /// </summary>
    public const string DatabaseBusy = "DATABASE_BUSY";

    /// <summary>The database does not respond. Try again in a few seconds.</summary>
    public const string DatabaseUnavailable = "DATABASE_UNAVAILABLE";

    /// <summary>The image store does not respond, or is full. Nothing was saved. Try again in a few seconds.</summary>
    public const string StoreUnavailable = "STORE_UNAVAILABLE";

    /// <summary>The operation took too long and was stopped.</summary>
    public const string Timeout = "TIMEOUT";

    /// <summary>No trusted document has this id, or the caller may send only trusted documents.</summary>
    public const string UnknownDocument = "UNKNOWN_DOCUMENT";

    /// <summary>The document is not registered. Send it once with its hash (automatic persisted queries).</summary>
    public const string PersistedQueryNotFound = "PERSISTED_QUERY_NOT_FOUND";

    /// <summary>An error in the server. The message contains the reference of the log entry.</summary>
    public const string Internal = "INTERNAL";

    /// <summary>The meaning of each code. The server sends no other codes.</summary>
    public static FrozenDictionary<string, string> Described { get; } = Describe();

    /// <summary>Returns whether a code means that something that the server needs cannot be used at the moment.</summary>
    public static bool IsOutage(string? code) => code is DatabaseBusy or DatabaseUnavailable or StoreUnavailable;

    private static FrozenDictionary<string, string> Describe()
    {
        var descriptions = new XmlDescriptions([typeof(ErrorCodes).Assembly]);
        return typeof(ErrorCodes)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.IsLiteral)
            .ToFrozenDictionary(
                field => (string)field.GetRawConstantValue()!,
                field => descriptions.Of(field) ?? "",
                StringComparer.Ordinal
            );
    }
}
