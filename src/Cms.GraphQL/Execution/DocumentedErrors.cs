using GraphQL;
using GraphQL.Execution;
using GraphQL.Validation;
using GraphQL.Validation.Errors;

namespace Cms.GraphQL.Execution;

/// <summary>Gives clients a code from <see cref="ErrorCodes"/> and a message, without internal details.</summary>
internal sealed class DocumentedErrors : IErrorInfoProvider
{
    public const string TookTooLong =
        "The operation took too long and was stopped. Request less data: smaller pages or fewer nested lists.";

    private const string Unknown = "Something went wrong on our side.";

    public ErrorInfo GetInfo(ExecutionError executionError)
    {
        var (code, message) = Describe(executionError);
        return new()
        {
            Message = message,
            Extensions = new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = code },
        };
    }

    /// <summary>Returns the code and the message for an error.</summary>
    public static (string Code, string Message) Describe(ExecutionError error)
    {
        if (Refusal(error) is { } refusal)
        {
            return (refusal.Code!, refusal.Message);
        }

        return error switch
        {
            TimeoutError => (ErrorCodes.Timeout, TookTooLong),
            UnhandledError => (ErrorCodes.Internal, error.Message),
            SyntaxError => (ErrorCodes.DocumentSyntax, error.Message),
            InvalidVariableError or InvalidLiteralError or InvalidValueError => (
                ErrorCodes.BadUserInput,
                error.Message
            ),
            ArgumentsOfCorrectTypeError or DefaultValuesOfCorrectTypeError => (ErrorCodes.BadUserInput, error.Message),
            NotReadOnlyError => (ErrorCodes.MethodNotAllowed, error.Message),
            ValidationError => (ErrorCodes.ValidationFailed, error.Message),
            NoOperationError or InvalidOperationError or InvalidOperationNameError or NoOperationNameError => (
                ErrorCodes.OperationUnknown,
                error.Message
            ),
            QueryMissingError => (ErrorCodes.BadRequest, error.Message),
            _ when error.Code is { } code && ErrorCodes.Described.ContainsKey(code) => (code, error.Message),
            _ => (ErrorCodes.Internal, Unknown),
        };
    }

    // GraphQL.NET wraps a RequestError that an argument's parser throws.
    private static RequestError? Refusal(Exception? error)
    {
        for (; error is not null and not UnhandledError; error = error.InnerException)
        {
            if (error is RequestError refusal)
            {
                return refusal;
            }
        }

        return null;
    }
}
