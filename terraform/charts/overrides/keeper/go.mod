module plumbline/override-keeper

go 1.26.0
