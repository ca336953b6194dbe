"""How well raised and lowered characters are told, on typeset pages whose every mark is known."""
